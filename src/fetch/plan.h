/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemFetchPlan: what will be fetched for a model, and how much, before a byte of it is. */
#pragma once

#include "fetch/hub.h"

G_BEGIN_DECLS

/* A small file that is fetched whole. */
typedef struct
{
  char *name;
  guint64 size;  /* G_MAXUINT64 when the server did not say */
  char *sha256;  /* hex, of files in large-file storage; else NULL */
  char *blob_id; /* git's SHA-1 of the file as a blob; or NULL */
} SemRemoteFile;

/* One tensor's bytes in the remote weights file. */
typedef struct
{
  char *name;
  guint64 start, length; /* absolute byte offset in the remote file */
} SemRemoteTensor;

typedef struct
{
  char *repo, *revision, *commit;
  GPtrArray *files;     /* of SemRemoteFile */
  char *weights_file;   /* name on the server; NULL: the model has no safetensors weights */
  guint64 weights_size; /* of the whole remote file */
  GPtrArray *tensors;   /* of SemRemoteTensor, in the order they are written */
  GBytes *local_header; /* length prefix and JSON of the local model.safetensors */
  guint64 total_bytes;  /* all that will be written */
} SemFetchPlan;

/* sem_fetch_plan_new: asks the server.  tensor: NULL lets the program choose as it does when it opens a model.
 * Errors: SEM_HUB_ERROR, SEM_FORMAT_ERROR (a header that is not safetensors' or has no embedding), G_IO_ERROR. */
SemFetchPlan *sem_fetch_plan_new (SemHub *hub,
                                  const char *repo,
                                  const char *revision,
                                  const char *tensor,
                                  GCancellable *cancellable,
                                  GError **error);
void sem_fetch_plan_free (SemFetchPlan *self);
/* The path below the endpoint of a file of the plan's commit. */
char *sem_fetch_plan_dup_path (const SemFetchPlan *self, const char *file);
/* Is it "name" or "owner/name" of characters that the hub allows (so that it is also a safe folder name)? */
gboolean sem_fetch_repo_is_valid (const char *repo);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemFetchPlan, sem_fetch_plan_free)

G_END_DECLS
