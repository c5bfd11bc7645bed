/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frame timing from inside; costs nothing when the variable is not set. */
#include "app/trace.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

typedef struct
{
  SemDocument *document; /* borrowed: lives as long as the window */
  SemTraceCompleteFunc is_complete;
  gpointer user_data;
  gboolean had_first;
  const char *cause; /* of the oldest input not yet answered, or NULL */
  gint64 input_us;
} Watch;

static FILE *file;
static gint64 start_us;

void
sem_trace_init (void)
{
  const char *path = g_getenv ("SEMBLANCE_TRACE");
  struct timespec used;

  if (path == NULL || *path == '\0')
    return;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &used);
  start_us = g_get_monotonic_time () - (used.tv_sec * G_USEC_PER_SEC + used.tv_nsec / 1000);
  file = fopen (path, "ae");
  if (file == NULL)
    g_printerr ("semblance: cannot write the trace '%s': %s\n", path, g_strerror (errno));
}

gboolean
sem_trace_is_on (void)
{
  return file != NULL;
}

static void
write_number (const char *before, double ms, const char *after)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (number, sizeof number, "%.3f", ms);
  fprintf (file, "%s%s%s\n", before, number, after);
  fflush (file);
}

void
sem_trace_mark (const char *event)
{
  g_autofree char *before = NULL;

  if (file == NULL)
    return;
  before = g_strdup_printf ("{\"event\":\"%s\",\"t_ms\":", event);
  write_number (before, (double)(g_get_monotonic_time () - start_us) / 1000.0, "}");
}

static void
after_paint_cb (GdkFrameClock *clock, Watch *watch)
{
  gint64 now = g_get_monotonic_time ();
  g_autofree char *before = NULL;

  if (!watch->had_first && watch->is_complete (watch->user_data))
    {
      watch->had_first = TRUE;
      sem_trace_mark ("first-picture");
    }
  if (watch->cause == NULL || sem_document_is_busy (watch->document))
    return;
  before = g_strdup_printf ("{\"event\":\"frame\",\"cause\":\"%s\",\"latency_ms\":", watch->cause);
  write_number (before, (double)(now - watch->input_us) / 1000.0, "}");
  watch->cause = NULL;
}

static const char *
get_cause (GdkEvent *event)
{
  switch ((int)gdk_event_get_event_type (event))
    {
    case GDK_KEY_PRESS:
      return "key";
    case GDK_MOTION_NOTIFY:
      return "pointer";
    case GDK_BUTTON_PRESS:
    case GDK_BUTTON_RELEASE:
      return "button";
    case GDK_SCROLL:
      return "zoom";
    default:
      return NULL;
    }
}

/* The event's own time (X: the server's clock, which is the monotonic one in milliseconds), else
 * now. */
static gint64
get_event_us (GdkEvent *event)
{
  gint64 now = g_get_monotonic_time ();
  guint32 time_ms = gdk_event_get_time (event);
  guint32 age_ms = (guint32)(now / 1000) - time_ms;

  return time_ms != 0 && age_ms < 5000 ? now - (gint64)age_ms * 1000 : now;
}

static gboolean
event_cb (GtkEventControllerLegacy *controller, GdkEvent *event, Watch *watch)
{
  const char *cause = get_cause (event);
  gint64 event_us;

  if (cause == NULL)
    return GDK_EVENT_PROPAGATE;
  event_us = get_event_us (event);
  /* An input that nothing on screen answered is forgotten by the next one. */
  if (watch->cause == NULL
      || (!sem_document_is_busy (watch->document) && event_us - watch->input_us > 50000))
    {
      watch->cause = cause;
      watch->input_us = event_us;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
realize_cb (GtkWidget *window, Watch *watch)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (after_paint_cb),
                    watch);
}

void
sem_trace_watch (GtkWidget *window,
                 SemDocument *document,
                 SemTraceCompleteFunc is_complete,
                 gpointer user_data)
{
  GtkEventController *controller;
  Watch *watch;

  if (file == NULL)
    return;
  watch = g_new0 (Watch, 1);
  watch->document = document;
  watch->is_complete = is_complete;
  watch->user_data = user_data;
  controller = gtk_event_controller_legacy_new ();
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "event", G_CALLBACK (event_cb), watch);
  gtk_widget_add_controller (window, controller);
  g_signal_connect (window, "realize", G_CALLBACK (realize_cb), watch);
  g_object_set_data_full (G_OBJECT (window), "sem-trace", watch, g_free);
}
