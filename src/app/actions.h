/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of actions and keys, for accelerators and for the shortcuts window. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  const char *action; /* detailed name; NULL for a key that a widget handles itself */
  const char *title;  /* untranslated */
  const char *accels; /* for a widget's own keys several, separated by blanks */
  int group;
} SemActionInfo;

const SemActionInfo *sem_actions_list (gsize *n_actions);
/* Untranslated titles of the groups. */
const char *const *sem_actions_list_groups (gsize *n_groups);
void sem_actions_set_accels (GtkApplication *application);

G_END_DECLS
