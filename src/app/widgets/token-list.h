/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemTokenList: a short list of tokens, each with its cosine as a bar and a button that adds it to the text.  Its rows are made
 * once and used again, so that it can follow the pointer.  Signal "chosen" (guint id): a row was activated. */
#pragma once

#include "core/model/model.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct
{
  guint32 id;
  double cosine;    /* NAN: none is shown */
  const char *note; /* beside the token, translated; or NULL */
} SemTokenListRow;

#define SEM_TYPE_TOKEN_LIST (sem_token_list_get_type ())
G_DECLARE_FINAL_TYPE (SemTokenList, sem_token_list, SEM, TOKEN_LIST, AdwBin)

void sem_token_list_set (SemTokenList *self, SemModel *model, const SemTokenListRow *rows, gsize n);
gsize sem_token_list_get_n (SemTokenList *self);
/* The first row's token; for Enter in an entry above it. */
gboolean sem_token_list_get_first (SemTokenList *self, guint32 *id);
/* The keyboard goes to its first row. */
void sem_token_list_focus (SemTokenList *self);

G_END_DECLS
