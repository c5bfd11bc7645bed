/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Error domains of the core: one per kind of decision a caller can take.
 *
 * Every message says what was read, where, what was found, what was allowed:
 *   "tensor 'wte' needs 96 bytes at offset 40, 12 left".
 * A caller adds context once per layer with g_prefix_error().  Cancellation is always
 * G_IO_ERROR_CANCELLED, trouble with a file keeps its G_IO_ERROR or G_FILE_ERROR. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Something read from a file does not have the form its format prescribes. */
typedef enum
{
  SEM_FORMAT_ERROR_TRUNCATED,   /* ends before what it announces */
  SEM_FORMAT_ERROR_BAD_VALUE,   /* a field has a value that its format forbids */
  SEM_FORMAT_ERROR_UNSUPPORTED, /* valid, but a variant this program does not read */
  SEM_FORMAT_ERROR_LIMIT,       /* larger than a stated limit */
  SEM_FORMAT_ERROR_MISSING,     /* a part that must be there is not (a folder without a tokenizer) */
} SemFormatError;
#define SEM_FORMAT_ERROR (sem_format_error_quark ())
GQuark sem_format_error_quark (void);

/* A text or a token that cannot be used. */
typedef enum
{
  SEM_TEXT_ERROR_ENCODING,   /* not UTF-8; the message has the byte offset */
  SEM_TEXT_ERROR_VOCABULARY, /* no such token or id in this vocabulary */
  SEM_TEXT_ERROR_EMPTY,      /* nothing to work on */
} SemTextError;
#define SEM_TEXT_ERROR (sem_text_error_quark ())
GQuark sem_text_error_quark (void);

/* A calculation that has no result. */
typedef enum
{
  SEM_NUMERIC_ERROR_SHAPE,
  SEM_NUMERIC_ERROR_NOT_FINITE,
  SEM_NUMERIC_ERROR_SINGULAR,
  SEM_NUMERIC_ERROR_NO_CONVERGENCE,
} SemNumericError;
#define SEM_NUMERIC_ERROR (sem_numeric_error_quark ())
GQuark sem_numeric_error_quark (void);

G_END_DECLS
