// libre (https://github.com/baresip/re, BSD) with a face that Swift can call: SIP transports and
// client transactions (RFC 3261 17.1, 18). Everything but the loop's own functions is called on
// the loop's thread.

#ifndef KK_CSIP_H
#define KK_CSIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The loop. libre does everything on the thread that its loop runs on.

/// Starts the loop's thread. It calls `work` after each wake-up, and runs as long as the program.
///
/// Returns 0, or an errno.
int kk_sip_loop_start(void (*_Nonnull work)(void));

/// Has the loop call its work soon. From any thread.
void kk_sip_loop_wake(void);

/// Whether this is the loop's thread.
bool kk_sip_loop_is_here(void);

// Addresses.

/// Looks a name up, and finds the address to send from to reach it. Waits for DNS: not on the
/// loop's thread. Both texts are addresses in figures, of at most `size` bytes.
///
/// Returns 0, or an errno: ENOENT where the name is unknown.
int kk_sip_look_up(
    const char *_Nonnull host, uint16_t port, char *_Nonnull remote, char *_Nonnull local,
    size_t size);

// A stack: what is sent and received over one transport.

typedef struct kk_sip_stack kk_sip_stack;
typedef struct kk_sip_request kk_sip_request;
typedef struct kk_sip_message kk_sip_message;

typedef enum {
    KK_SIP_UDP,
    KK_SIP_TCP,
    KK_SIP_TLS,
} kk_sip_transport;

/// What comes back for a request: answers with their message, provisional ones as well, or an
/// errno in its place. The last of them is final, and the request is gone after it.
typedef void (*kk_sip_answer_handler)(
    void *_Nonnull owner, uint64_t request, int failure, const kk_sip_message *_Nullable answer);

/// An answer that belongs to no request that is under way: an acceptance that is sent again.
typedef void (*kk_sip_stray_handler)(void *_Nonnull owner, const kk_sip_message *_Nonnull answer);

/// Opens a stack.
///
/// - `local_address`: the address, in figures, to send from and be reached at.
/// - `ca_file`: for TLS, a PEM file with authorities to trust beside the system's own, or NULL.
/// - `server_name`: for TLS, the name or the address that the server's certificate must hold.
/// - `owner`: what the handlers are told, as long as the stack is open.
///
/// Returns 0, or an errno: EACCES where the certificates of the authorities cannot be read.
int kk_sip_open(
    kk_sip_stack *_Nullable *_Nonnull stack, kk_sip_transport transport,
    const char *_Nonnull local_address, const char *_Nonnull user_agent,
    const char *_Nullable ca_file, const char *_Nonnull server_name, void *_Nonnull owner,
    kk_sip_answer_handler _Nonnull answered, kk_sip_stray_handler _Nonnull strayed);

/// The port where sound may come to; nobody hears it.
uint16_t kk_sip_sound_port(const kk_sip_stack *_Nonnull stack);

/// Ends all requests, and tells nobody of it.
void kk_sip_close(kk_sip_stack *_Nonnull stack);

/// Sends a request to `next_hop`, a SIP URI with an address in figures.
///
/// `head` holds the lines of the head from From on, and the body; Via and Max-Forwards, and
/// Contact where `contact_user` is given, are put before it.
///
/// Returns 0, or an errno: then nothing was sent, and no answer comes.
int kk_sip_send(
    kk_sip_stack *_Nonnull stack, uint64_t number, const char *_Nonnull method,
    const char *_Nonnull uri, const char *_Nonnull next_hop, const char *_Nullable contact_user,
    const char *_Nonnull head, size_t head_length, kk_sip_request *_Nullable *_Nonnull request);

/// Sends an ACK, which is never answered (RFC 3261 13.2.2.4). Parameters as of `kk_sip_send`.
int kk_sip_acknowledge(
    kk_sip_stack *_Nonnull stack, const char *_Nonnull uri, const char *_Nonnull next_hop,
    const char *_Nonnull head, size_t head_length);

/// Cancels an INVITE as soon as that is allowed (RFC 3261 9.1). Its final answer still comes.
void kk_sip_cancel(kk_sip_request *_Nonnull request);

// A message, as long as the call lasts that it was given to.

int kk_sip_status(const kk_sip_message *_Nonnull message);

/// Calls `found` for each header of that name, in order. A value is not terminated.
void kk_sip_each_header(
    const kk_sip_message *_Nonnull message, const char *_Nonnull name, void *_Nonnull context,
    void (*_Nonnull found)(
        void *_Nonnull context, const char *_Nonnull value, size_t length));

#endif
