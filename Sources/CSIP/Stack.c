#include "CSIP.h"

#include <errno.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "Libre.h"

struct kk_sip_stack {
    struct sip *sip;
    struct tls *tls;
    struct udp_sock *sound;
    char *server_name;
    void *owner;
    kk_sip_answer_handler answered;
    kk_sip_stray_handler strayed;
};

struct kk_sip_request {
    kk_sip_stack *stack;
    uint64_t number;
    struct sip_request *request;
    char *contact_user;
};

static void stack_freed(void *data)
{
    kk_sip_stack *stack = data;
    mem_deref(stack->sip);
    mem_deref(stack->tls);
    mem_deref(stack->sound);
    mem_deref(stack->server_name);
}

static void request_freed(void *data)
{
    kk_sip_request *request = data;
    mem_deref(request->contact_user);
    mem_deref(request->stack);
}

// --- what comes in

static bool response_came(const struct sip_msg *message, void *argument)
{
    kk_sip_stack *stack = argument;
    if (stack->owner) stack->strayed(stack->owner, (const kk_sip_message *)message);
    return true;
}

// A call that we placed may be ended by the other side; nothing else is asked of us.
static bool request_came(const struct sip_msg *message, void *argument)
{
    kk_sip_stack *stack = argument;
    if (!pl_strcmp(&message->met, "ACK")) return true;
    if (!pl_strcmp(&message->met, "BYE"))
        sip_reply(stack->sip, message, 200, "OK");
    else if (!pl_strcmp(&message->met, "CANCEL"))
        sip_reply(stack->sip, message, 481, "Call Does Not Exist");
    else
        sip_reply(stack->sip, message, 501, "Not Implemented");
    return true;
}

// --- TLS

// libre sends no name of the server; there is no other place to set it (RFC 6066 3).
static void handshake_begins(const SSL *ssl, int where, int result)
{
    (void)result;
    if (!(where & SSL_CB_HANDSHAKE_START)) return;
    const char *name = SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl));
    if (name) SSL_set_tlsext_host_name((SSL *)ssl, name);
}

// libre's SIP verifies no certificate by itself; every connection takes its context's terms.
static int require_certificate(
    kk_sip_stack *stack, const char *ca_file, const char *server_name)
{
    int failure = tls_alloc(&stack->tls, TLS_METHOD_SSLV23, NULL, NULL);
    if (failure) return failure;
    SSL_CTX *context = tls_openssl_context(stack->tls);
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
    if (SSL_CTX_set_default_verify_paths(context) != 1) return EACCES;
    if (ca_file && SSL_CTX_load_verify_locations(context, ca_file, NULL) != 1) return EACCES;

    X509_VERIFY_PARAM *terms = SSL_CTX_get0_param(context);
    // An address where it reads as one, else a name.
    if (X509_VERIFY_PARAM_set1_ip_asc(terms, server_name) == 1) return 0;
    failure = str_dup(&stack->server_name, server_name);
    if (failure) return failure;
    X509_VERIFY_PARAM_set_hostflags(terms, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    if (X509_VERIFY_PARAM_set1_host(terms, stack->server_name, 0) != 1) return EINVAL;
    SSL_CTX_set_app_data(context, stack->server_name);
    SSL_CTX_set_info_callback(context, handshake_begins);
    return 0;
}

// --- the stack

static void sound_came(const struct sa *source, struct mbuf *sound, void *argument)
{
    (void)source;
    (void)sound;
    (void)argument;
}

static int add_transport(
    kk_sip_stack *stack, kk_sip_transport transport, const char *local_address,
    const char *ca_file, const char *server_name)
{
    struct sa local;
    int failure = sa_set_str(&local, local_address, 0);
    if (!failure) failure = udp_listen(&stack->sound, &local, sound_came, NULL);
    if (failure) return failure;
    switch (transport) {
    case KK_SIP_UDP:
        return sip_transp_add(stack->sip, SIP_TRANSP_UDP, &local);
    case KK_SIP_TCP:
        return sip_transp_add(stack->sip, SIP_TRANSP_TCP, &local);
    case KK_SIP_TLS:
        failure = require_certificate(stack, ca_file, server_name);
        if (failure) return failure;
        return sip_transp_add(stack->sip, SIP_TRANSP_TLS, &local, stack->tls);
    }
    return EPROTONOSUPPORT;
}

int kk_sip_open(
    kk_sip_stack **result, kk_sip_transport transport, const char *local_address,
    const char *user_agent, const char *ca_file, const char *server_name, void *owner,
    kk_sip_answer_handler answered, kk_sip_stray_handler strayed)
{
    kk_sip_stack *stack = mem_zalloc(sizeof(*stack), stack_freed);
    if (!stack) return ENOMEM;
    stack->owner = owner;
    stack->answered = answered;
    stack->strayed = strayed;

    // No DNS: names are looked up before.
    int failure = sip_alloc(&stack->sip, NULL, 256, 64, 64, user_agent, NULL, NULL);
    if (!failure) failure = sip_listen(NULL, stack->sip, true, request_came, stack);
    if (!failure) failure = sip_listen(NULL, stack->sip, false, response_came, stack);
    if (!failure) failure = add_transport(stack, transport, local_address, ca_file, server_name);
    if (failure) {
        ERR_clear_error();
        mem_deref(stack);
    } else {
        *result = stack;
    }
    return failure;
}

uint16_t kk_sip_sound_port(const kk_sip_stack *stack)
{
    struct sa local;
    return udp_local_get(stack->sound, &local) ? 0 : sa_port(&local);
}

void kk_sip_close(kk_sip_stack *stack)
{
    stack->owner = NULL;
    // Each request holds the stack until it has ended, which happens in here.
    sip_close(stack->sip, true);
    mem_deref(stack);
}

// --- what goes out

static int contact_wanted(
    enum sip_transp transport, const struct sa *source, const struct sa *destination,
    struct mbuf *buffer, void *argument)
{
    (void)destination;
    kk_sip_request *request = argument;
    if (!request->contact_user) return 0;
    return mbuf_printf(
        buffer, "Contact: <sip:%s@%J%s>\r\n", request->contact_user, source,
        sip_transp_param(transport));
}

static void answered(int failure, const struct sip_msg *message, void *argument)
{
    kk_sip_request *request = argument;
    kk_sip_stack *stack = request->stack;
    if (stack->owner)
        stack->answered(
            stack->owner, request->number, failure, (const kk_sip_message *)message);
    if (failure || message->scode >= 200) mem_deref(request);
}

int kk_sip_send(
    kk_sip_stack *stack, uint64_t number, const char *method, const char *uri,
    const char *next_hop, const char *contact_user, const char *head, size_t head_length,
    kk_sip_request **result)
{
    struct pl text;
    struct uri hop;
    pl_set_str(&text, next_hop);
    int failure = uri_decode(&hop, &text);
    if (failure) return failure;

    kk_sip_request *request = mem_zalloc(sizeof(*request), request_freed);
    if (!request) return ENOMEM;
    request->stack = mem_ref(stack);
    request->number = number;
    if (contact_user) failure = str_dup(&request->contact_user, contact_user);
    if (!failure)
        failure = sip_requestf(
            &request->request, stack->sip, true, method, uri, &hop, NULL, contact_wanted,
            answered, request, "%b", head, head_length);
    if (failure)
        mem_deref(request);
    else
        *result = request;
    return failure;
}

int kk_sip_acknowledge(
    kk_sip_stack *stack, const char *uri, const char *next_hop, const char *head,
    size_t head_length)
{
    struct pl text;
    struct uri hop;
    pl_set_str(&text, next_hop);
    int failure = uri_decode(&hop, &text);
    if (failure) return failure;
    return sip_requestf(
        NULL, stack->sip, false, "ACK", uri, &hop, NULL, NULL, NULL, NULL, "%b", head,
        head_length);
}

void kk_sip_cancel(kk_sip_request *request)
{
    sip_request_cancel(request->request);
}
