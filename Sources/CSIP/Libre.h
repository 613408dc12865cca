// libre's headers, read as the library was built: its types depend on these (re.mk).

#ifndef KK_LIBRE_H
#define KK_LIBRE_H

#define HAVE_INET6 1
#define HAVE_INTTYPES_H 1
#define HAVE_STDBOOL_H 1
#define USE_OPENSSL 1
#define RELEASE 1

#include <re/re.h>

#endif
