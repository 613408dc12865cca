#ifndef KK_CLIBPQ_SHIM_H
#define KK_CLIBPQ_SHIM_H

#include <libpq-fe.h>

// Character macros do not reach Swift.
static const int KK_PG_DIAG_SQLSTATE = PG_DIAG_SQLSTATE;
static const int KK_PG_DIAG_MESSAGE_PRIMARY = PG_DIAG_MESSAGE_PRIMARY;
static const int KK_PG_DIAG_MESSAGE_DETAIL = PG_DIAG_MESSAGE_DETAIL;
static const int KK_PG_DIAG_MESSAGE_HINT = PG_DIAG_MESSAGE_HINT;
static const int KK_PG_DIAG_CONTEXT = PG_DIAG_CONTEXT;
static const int KK_PG_DIAG_SCHEMA_NAME = PG_DIAG_SCHEMA_NAME;
static const int KK_PG_DIAG_TABLE_NAME = PG_DIAG_TABLE_NAME;
static const int KK_PG_DIAG_COLUMN_NAME = PG_DIAG_COLUMN_NAME;
static const int KK_PG_DIAG_CONSTRAINT_NAME = PG_DIAG_CONSTRAINT_NAME;

#endif
