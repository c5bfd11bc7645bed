/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which tensors of a remote safetensors file are the embedding, and the header of a file with just those. */
#pragma once

#include "fetch/plan.h"

#include <jansson.h>

G_BEGIN_DECLS

/* The name of the embedding among the keys of object (a header or an index's weight_map), as the program itself chooses when
 * it opens a model; tensor: the one a person asked for.  SEM_FORMAT_ERROR_MISSING when there is none. */
char *sem_fetch_choose_tensor (json_t *object, const char *tensor, GError **error);
/* Fills plan->tensors and plan->local_header.  data_start: where the remote file's data begin; data_size: how many bytes of
 * data it has, G_MAXUINT64 when unknown.  Errors: SEM_FORMAT_ERROR for shapes and offsets that do not fit. */
gboolean sem_fetch_select_tensors (json_t *header,
                                   const char *tensor,
                                   guint64 data_start,
                                   guint64 data_size,
                                   SemFetchPlan *plan,
                                   GError **error);

G_END_DECLS
