/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SEMBLANCE_TRACE=FILE: one JSON object a line, for benchmarks (DESIGN.md 9).
 *   {"event":"first-picture","t_ms":…}  the first frame with all pictures has been presented
 *   {"event":"frame","cause":"key|pointer|button|zoom","latency_ms":…,"frame_ms":…,"cpu_ms":…}
 *                                       a frame that answers an input; a key that changed the text is answered by the frame that
 *                                       has the new pictures.  latency_ms: from the event's arrival to the presentation;
 *                                       frame_ms: of these the frame's own layout and painting; cpu_ms: the processor time of all
 *                                       threads since the event, which stands where other programs keep the machine busy
 * Time starts when the process did: at main() the processor time used so far is taken as the time since then. */
#pragma once

#include "doc/document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* At the very start of main(). */
void sem_trace_init (void);
gboolean sem_trace_is_on (void);
void sem_trace_mark (const char *event);
/* is_complete (user_data): are all pictures there that the window shows? */
typedef gboolean (*SemTraceCompleteFunc) (gpointer user_data);
void sem_trace_watch (GtkWidget *window, SemDocument *document, SemTraceCompleteFunc is_complete, gpointer user_data);

G_END_DECLS
