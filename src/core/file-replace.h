/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing a whole file so that the old one stays when that fails.
 *
 * g_file_replace_contents() of GLib 2.74 closes its stream after a failed write, which puts the half-written file in
 * the old one's place: on a full disk both are lost.  Here a failed write throws the new file away. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* sem_file_replace: the file is data, or on failure what it was.  Errors: G_IO_ERROR of opening, writing or closing.
 * Thread: any. */
gboolean sem_file_replace (GFile *file,
                           gconstpointer data,
                           gsize length,
                           GFileCreateFlags flags,
                           GCancellable *cancellable,
                           GError **error);
/* The same in a thread; keeps references to file and bytes. */
void sem_file_replace_async (GFile *file,
                             GBytes *bytes,
                             GFileCreateFlags flags,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean sem_file_replace_finish (GFile *file, GAsyncResult *result, GError **error);

G_END_DECLS
