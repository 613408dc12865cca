#ifndef KK_CLIBGSS_SHIM_H
#define KK_CLIBGSS_SHIM_H

#include <gssapi/gssapi.h>
#include <gssapi/gssapi_ext.h>

#endif
