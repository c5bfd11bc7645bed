/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemTensorSet: the tensors of a model, in one file or in several with an index ("sharded").  A shard is opened only
 * when a tensor of it is asked for.
 *   model.safetensors.index.json: { "weight_map": { tensor name -> file name in the same folder } } */
#pragma once

#include "core/model/tensor-file.h"

G_BEGIN_DECLS

typedef struct _SemTensorSet SemTensorSet;

/* One file; its format is recognised.  Errors: G_FILE_ERROR; SEM_FORMAT_ERROR. */
SemTensorSet *sem_tensor_set_open_file (const char *path, GError **error);
SemTensorSet *sem_tensor_set_new_file (const char *path, SemTensorFile *file);
/* An index and its shards.  Errors: as above, and SEM_FORMAT_ERROR_BAD_VALUE for a shard name that leaves the folder. */
SemTensorSet *sem_tensor_set_open_index (const char *path, GError **error);
void sem_tensor_set_free (SemTensorSet *self);

/* Tensor names, sorted by the file's order (one file) or by name (shards). */
const char *const *sem_tensor_set_get_names (const SemTensorSet *self, gsize *n);
gboolean sem_tensor_set_has (const SemTensorSet *self, const char *name);
/* The tensor and the file that has it, both borrowed; opens the shard when necessary.
 * Errors: SEM_FORMAT_ERROR_MISSING; those of opening a file. */
const SemTensor *sem_tensor_set_find (SemTensorSet *self,
                                      const char *name,
                                      SemTensorFile **file,
                                      GError **error);
/* The path of the file a tensor is in. */
char *sem_tensor_set_dup_path (const SemTensorSet *self, const char *name);
gsize sem_tensor_set_get_n_files (const SemTensorSet *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemTensorSet, sem_tensor_set_free)

G_END_DECLS
