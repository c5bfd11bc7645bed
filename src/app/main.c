/* SPDX-License-Identifier: GPL-3.0-or-later */
/* semblance: the window. */
#include "config.h"

#include "app/application.h"
#include "app/preload.h"
#include "app/trace.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int argc, char **argv)
{
  g_autoptr (SemApplication) application = NULL;
  SemPreload *preload;
  /* The catalogues of a build folder, for a program that is not installed. */
  const char *localedir = g_getenv ("SEMBLANCE_LOCALEDIR");

  sem_trace_init ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, localedir != NULL ? localedir : SEM_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  /* Read by OpenBLAS when it is loaded: threads that nobody uses need not be started. */
  g_setenv ("OPENBLAS_NUM_THREADS", "1", FALSE);
  /* Model and first analysis are computed while GTK starts. */
  preload = sem_preload_start ();
  g_set_application_name ("Semblance");
  application = sem_application_new (preload);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
