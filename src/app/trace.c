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
  gint64 input_cpu_us; /* processor time used until then */
  gint64 frame_us;     /* when the current frame began */
} Watch;

static FILE *file;
static gint64 start_us;

static gint64
get_cpu_us (void)
{
  struct timespec used;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &used);
  return used.tv_sec * G_USEC_PER_SEC + used.tv_nsec / 1000;
}

void
sem_trace_init (void)
{
  const char *path = g_getenv ("SEMBLANCE_TRACE");

  if (path == NULL || *path == '\0')
    return;
  start_us = g_get_monotonic_time () - get_cpu_us ();
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
write_time (const char *key, gint64 us)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (number, sizeof number, "%.3f", (double)us / 1000.0);
  fprintf (file, ",\"%s\":%s", key, number);
}

void
sem_trace_mark (const char *event)
{
  if (file == NULL)
    return;
  fprintf (file, "{\"event\":\"%s\"", event);
  write_time ("t_ms", g_get_monotonic_time () - start_us);
  fputs ("}\n", file);
  fflush (file);
}

static void
before_paint_cb (GdkFrameClock *clock, Watch *watch)
{
  watch->frame_us = g_get_monotonic_time ();
}

static void
after_paint_cb (GdkFrameClock *clock, Watch *watch)
{
  gint64 now = g_get_monotonic_time ();

  if (!watch->had_first && watch->is_complete (watch->user_data))
    {
      watch->had_first = TRUE;
      sem_trace_mark ("first-picture");
    }
  if (watch->cause == NULL || sem_document_is_busy (watch->document))
    return;
  fprintf (file, "{\"event\":\"frame\",\"cause\":\"%s\"", watch->cause);
  write_time ("latency_ms", now - watch->input_us);
  write_time ("frame_ms", now - watch->frame_us);
  write_time ("cpu_ms", get_cpu_us () - watch->input_cpu_us);
  fputs ("}\n", file);
  fflush (file);
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
      watch->input_cpu_us = get_cpu_us ();
    }
  return GDK_EVENT_PROPAGATE;
}

static void
realize_cb (GtkWidget *window, Watch *watch)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), watch);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), watch);
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
