/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bare: the floor that start-up and memory are measured against, an empty libadwaita window with a
 * header bar. Appends the same line as semblance to $SEMBLANCE_TRACE once its first frame is
 * painted. */
#include <stdio.h>

#include <adwaita.h>

static gint64 start_us;

static void
after_paint_cb (GdkFrameClock *clock, gpointer data)
{
  const char *path = g_getenv ("SEMBLANCE_TRACE");
  g_signal_handlers_disconnect_by_func (clock, after_paint_cb, data);
  if (!path)
    return;
  FILE *trace = fopen (path, "a");
  if (!trace)
    return;
  fprintf (trace, "{\"event\":\"first-picture\",\"t_ms\":%.3f}\n",
           (double)(g_get_monotonic_time () - start_us) / 1000.0);
  fclose (trace);
}

static void
realize_cb (GtkWidget *window, gpointer data)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (after_paint_cb),
                    NULL);
}

static void
activate_cb (GtkApplication *application, gpointer data)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_window_set_title (GTK_WINDOW (window), "Bare");
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 860);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  g_signal_connect (window, "realize", G_CALLBACK (realize_cb), NULL);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  start_us = g_get_monotonic_time ();
  g_autoptr (AdwApplication) application
      = adw_application_new ("io.github.semblance.Bare", G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
