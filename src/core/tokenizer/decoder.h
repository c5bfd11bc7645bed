/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemDecoder: the "decoder" part of a tokenizer.json: from pieces back to text.  Immutable. */
#pragma once

#include <jansson.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct _SemDecoder SemDecoder;

/* Errors: SEM_FORMAT_ERROR, naming the path. */
SemDecoder *sem_decoder_new_from_json (const json_t *node, const char *path, GError **error);
SemDecoder *sem_decoder_new_wordpiece (const char *prefix, gboolean cleanup);
SemDecoder *sem_decoder_new_byte_level (void);
SemDecoder *sem_decoder_new_metaspace (void);
void sem_decoder_free (SemDecoder *self);

/* sem_decoder_apply: rewrites the pieces (GString), of which there may be fewer afterwards; joined they are the
 * text. */
void sem_decoder_apply (const SemDecoder *self, GPtrArray *pieces);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemDecoder, sem_decoder_free)

G_END_DECLS
