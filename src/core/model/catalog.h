/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What models this computer already has: the built-in one, ours ($XDG_DATA_HOME/semblance/models and the system-wide
 * semblance/models folders), the Hugging Face cache, Ollama, LM Studio, llama.cpp's cache and GPT4All.
 *
 * Only headers are read.  Folders that are missing or must not be entered, broken links and damaged files are
 * survived: a file that is there but cannot be read is listed with the reason. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char *name;         /* what -m takes: "bert-base-uncased", "google/gemma-2b", "llama3:8b" */
  char *path;         /* what sem_model_open() takes */
  const char *source; /* for people: "Hugging Face", "Ollama", ... */
  char *format;       /* "safetensors", "GGUF", "word vectors"; NULL with a problem */
  char *kind;         /* the family the file or its configuration states ("bert"), or NULL */
  char *dtype;        /* of the embedding matrix, or NULL */
  guint64 n_rows, dim; /* 0: not known without reading the file */
  guint64 n_bytes;    /* of the weights on disk */
  char *problem;      /* why it cannot be opened, or NULL */
} SemCatalogEntry;

void sem_catalog_entry_free (SemCatalogEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemCatalogEntry, sem_catalog_entry_free)

/* sem_catalog_scan: of SemCatalogEntry, by source, then name; each path once.  Errors: CANCELLED only.
 * Cost: some milliseconds a model; meant for a worker. */
GPtrArray *sem_catalog_scan (GCancellable *cancellable, GError **error);
/* sem_catalog_find_path: the path of the model with this name, or NULL. */
char *sem_catalog_find_path (const char *name);
/* What a model at a path is, without opening it whole; never NULL. */
SemCatalogEntry *sem_catalog_describe (const char *path, const char *name, const char *source);

G_END_DECLS
