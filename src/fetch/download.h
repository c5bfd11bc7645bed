/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Carrying out a plan: whole small files, then the tensors' bytes, into TARGET.partial, which becomes TARGET at the end.
 *
 * A download that was cut off or killed is taken up where it ended: TARGET.partial/fetch.json names repository and commit;
 * a small file counts when its checksum (or size) is right, the weights when they begin with the very same header. */
#pragma once

#include "fetch/plan.h"

G_BEGIN_DECLS

/* done and total in bytes; file: what is being read. */
typedef void (*SemFetchProgress) (guint64 done, guint64 total, const char *file, gpointer user_data);

gboolean sem_fetch_download (SemHub *hub,
                             const SemFetchPlan *plan,
                             const char *target,
                             SemFetchProgress progress,
                             gpointer user_data,
                             GCancellable *cancellable,
                             GError **error);

G_END_DECLS
