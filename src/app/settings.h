/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is kept between two starts: GSettings for choices, one file for the last text. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Shared; the schema is found installed, beside the build, or (with a message) not at all: then NULL and defaults apply. */
GSettings *sem_settings_get (void);
char *sem_settings_dup_string (const char *key); /* "" without a schema */

/* The last text, at most a megabyte of it, in $XDG_STATE_HOME/semblance/text.txt. */
#define SEM_STATE_MAX_TEXT (1024 * 1024)
char *sem_state_load_text (gsize *length); /* NULL: none, or not UTF-8 */
gboolean sem_state_save_text (const char *text, gsize length, GError **error);

/* Puts a model's path to the front of the recent ones, of which eight are kept. */
void sem_settings_add_recent_model (const char *path);

G_END_DECLS
