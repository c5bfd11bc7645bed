/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scan under way, for the places it looks at. */
#pragma once

#include "core/model/catalog.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *entries;   /* of SemCatalogEntry */
  GHashTable *seen;     /* canonical paths */
  GCancellable *cancellable;
} SemCatalogScan;

/* Adds the model at path unless it was there already or is nothing. */
void sem_catalog_scan_add (SemCatalogScan *scan, const char *path, const char *name, const char *source);
/* Names in a folder, sorted, without hidden ones; empty when it cannot be read.  At most some thousands. */
GPtrArray *sem_catalog_list_folder (const char *folder);

void sem_catalog_scan_hugging_face (SemCatalogScan *scan);
void sem_catalog_scan_ollama (SemCatalogScan *scan);
void sem_catalog_scan_lm_studio (SemCatalogScan *scan);
void sem_catalog_scan_gguf_folders (SemCatalogScan *scan);
void sem_catalog_scan_own (SemCatalogScan *scan);

G_END_DECLS
