#include "CSIP.h"

#include "Libre.h"

int kk_sip_status(const kk_sip_message *message)
{
    return ((const struct sip_msg *)message)->scode;
}

struct search {
    void *context;
    void (*found)(void *context, const char *value, size_t length);
};

static bool header_found(
    const struct sip_hdr *header, const struct sip_msg *message, void *argument)
{
    (void)message;
    struct search *search = argument;
    if (header->val.p) search->found(search->context, header->val.p, header->val.l);
    return false;
}

void kk_sip_each_header(
    const kk_sip_message *message, const char *name, void *context,
    void (*found)(void *context, const char *value, size_t length))
{
    struct search search = {context, found};
    // libre numbers names by their hash, the compact ones (RFC 3261 7.3.3) as the long ones.
    enum sip_hdrid id = hash_joaat_ci(name, str_len(name)) & 0xfff;
    sip_msg_hdr_apply((const struct sip_msg *)message, true, id, header_found, &search);
}
