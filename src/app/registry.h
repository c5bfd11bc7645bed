/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window offers, as tables: the pages and the example texts.  A new page or example is one line in registry.c. */
#pragma once

#include "core/text/units.h"
#include "draw/export.h"

G_BEGIN_DECLS

typedef struct
{
  const char *id;    /* of the stack page; the resource ui/<id>-page.ui */
  const char *title; /* untranslated, with a mnemonic */
  const char *icon;
  SemPictureKind picture; /* what Export takes from it */
} SemPageInfo;

typedef struct
{
  const char *id;    /* data/examples/<id>.txt */
  const char *title; /* untranslated */
  SemUnitKind unit;  /* that shows it best */
} SemExampleInfo;

const SemPageInfo *sem_registry_list_pages (gsize *n_pages);
const SemPageInfo *sem_registry_find_page (const char *id); /* NULL for an unknown one */
const SemExampleInfo *sem_registry_list_examples (gsize *n_examples);
const SemExampleInfo *sem_registry_find_example (const char *id);
/* The text of an example, read when it is asked for. */
char *sem_registry_load_example (const SemExampleInfo *example, gsize *length, GError **error);

G_END_DECLS
