#ifndef KK_CLIBICAL_SHIM_H
#define KK_CLIBICAL_SHIM_H

#include <libical/ical.h>

#endif
