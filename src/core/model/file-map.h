/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Model files as mapped bytes that stay readable whatever happens to the file.
 *
 * A page of a mapping whose file was made shorter meanwhile (a download started over, a disk pulled out) raises SIGBUS when it is
 * touched.  The handler installed with the first mapping puts zeros in its place and remembers it, so that the reader goes on and
 * what it made is refused afterwards by sem_file_map_check().  A SIGBUS anywhere else goes to whoever handled it before. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* sem_file_map: a regular file as GBytes, mapped.  Errors: G_FILE_ERROR; SEM_FORMAT_ERROR_UNSUPPORTED for a thing that
 * is no regular file (a pipe would block). */
GBytes *sem_file_map (const char *path, GError **error);
/* The number the next mapping gets. */
guint64 sem_file_map_get_next (void);
/* FALSE when bytes of one of the mappings first <= number < end that is still there were found gone.  Call it after reading,
 * before the result is shown.  Errors: SEM_FORMAT_ERROR_TRUNCATED.  Thread: any. */
gboolean sem_file_map_check (guint64 first, guint64 end, GError **error);

G_END_DECLS
