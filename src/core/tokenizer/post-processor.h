/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemPostProcessor: the "post_processor" part of a tokenizer.json, for one text (pairs are not used here): the
 * special tokens around it, the segment number, and whether blanks are trimmed from spans. */
#pragma once

#include <jansson.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct _SemPostProcessor SemPostProcessor;

typedef struct
{
  guint32 id;
  guint16 type_id;
} SemTemplateToken;

typedef struct
{
  GArray *before, *after; /* SemTemplateToken */
  guint16 type_id;        /* of the text */
  gboolean has_text;      /* a template may leave the text out */
  gboolean trim_offsets, add_prefix_space;
} SemPostPlan;

/* Errors: SEM_FORMAT_ERROR, naming the path. */
SemPostProcessor *sem_post_processor_new_from_json (const json_t *node, const char *path, GError **error);
/* [CLS] text [SEP], as BERT's files without a tokenizer.json mean it. */
SemPostProcessor *sem_post_processor_new_pair (guint32 first, guint32 last);
SemPostProcessor *sem_post_processor_new_empty (void);
void sem_post_processor_add (SemPostProcessor *self, gboolean after, guint32 id);
void sem_post_processor_free (SemPostProcessor *self);
const SemPostPlan *sem_post_processor_get_plan (const SemPostProcessor *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemPostProcessor, sem_post_processor_free)

G_END_DECLS
