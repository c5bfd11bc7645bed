/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The vector of what a person typed: a piece of the vocabulary, or a text whose tokens are averaged. */
#pragma once

#include "core/model/model.h"

G_BEGIN_DECLS

/* sem_model_query: row: dim doubles.  An exact piece gives its row; any other text the mean of its tokens' rows, each times
 * its weight (an unknown word of a fastText model is made of its n-grams).  ids: when not NULL, the ids used are appended (of guint32).
 * Errors: SEM_TEXT_ERROR_ENCODING; SEM_TEXT_ERROR_VOCABULARY when none of it has a vector; SEM_FORMAT_ERROR_MISSING for a model
 * without vectors. */
gboolean sem_model_query (SemModel *model, const char *text, double *row, GArray *ids, GError **error);

G_END_DECLS
