/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The models of this computer as rows for the model menu: what core's catalogue finds, in words for people. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SEM_TYPE_MODEL_ENTRY (sem_model_entry_get_type ())
G_DECLARE_FINAL_TYPE (SemModelEntry, sem_model_entry, SEM, MODEL_ENTRY, GObject)

/* A model that is only known by its path, before anything was looked at. */
SemModelEntry *sem_model_entry_new_path (const char *path);
const char *sem_model_entry_get_name (SemModelEntry *self);
/* What win.model takes: "" for the built-in one. */
const char *sem_model_entry_get_target (SemModelEntry *self);
const char *sem_model_entry_get_group (SemModelEntry *self);   /* translated */
const char *sem_model_entry_get_details (SemModelEntry *self); /* translated; "" when nothing is known */
gboolean sem_model_entry_is_good (SemModelEntry *self);        /* FALSE: the details say why it cannot be opened */
/* Does every word of text occur in it?  text: as typed, any case. */
gboolean sem_model_entry_matches (SemModelEntry *self, const char *text);

/* Looks at the places where models are kept, in a worker; before: paths opened before, which end the list unless they were
 * found.  The result is of SemModelEntry, by group.  Errors: CANCELLED. */
void sem_model_list_scan_async (const char *const *before,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
GPtrArray *sem_model_list_scan_finish (GAsyncResult *result, GError **error);

/* "30 522 × 192", with narrow spaces between thousands. */
char *sem_format_shape (guint64 n_rows, guint64 dim);
char *sem_format_count (guint64 n);

G_END_DECLS
