/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the pictures write for a unit. */
#pragma once

#include "core/tokenizer/encoding.h"

G_BEGIN_DECLS

#define SEM_MAX_LABEL_CHARS 1000 /* longer ones end in an ellipsis */

/* The text with runs of blanks folded to one and none at its ends.  Only blanks: their symbols (a space is U+2423);
 * nothing visible at all (a lone joiner, a control character): "U+200D".  Never empty. */
char *sem_unit_label_of_text (const char *text, gsize length);
/* The text a token covers, labelled like this; its piece when it covers none ("[CLS]"), the bytes in hexadecimal ("E2 80")
 * when it is only a part of a character. */
char *sem_unit_label_of_token (const SemEncoding *encoding, gsize token);

G_END_DECLS
