/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Start-up, the application's own actions, and opening of files. */
#include "config.h"

#include "app/application.h"

#include "app/actions.h"
#include "app/compat.h"
#include "app/preload.h"
#include "app/settings.h"
#include "app/theme.h"
#include "semblance-resources.h"
#ifdef SEM_HAVE_SMALL_ICONS
#include "semblance-icons.h"
#endif

struct _SemApplication
{
  AdwApplication parent_instance;

  SemPreload *preload; /* until the window takes it */
};

G_DEFINE_FINAL_TYPE (SemApplication, sem_application, ADW_TYPE_APPLICATION)

static SemWindow *
get_window (SemApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window != NULL && SEM_IS_WINDOW (window))
    return SEM_WINDOW (window);
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (SEM_IS_WINDOW (l->data))
      return l->data;
  if (self->preload == NULL)
    self->preload = sem_preload_start ();
  return sem_window_new (GTK_APPLICATION (self), g_steal_pointer (&self->preload));
}

static void
sem_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (get_window (SEM_APPLICATION (application))));
}

static void
sem_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  SemWindow *window = get_window (SEM_APPLICATION (application));

  for (int i = 0; i < n_files; i++)
    sem_window_open_file (window, files[i]);
  gtk_window_present (GTK_WINDOW (window));
}

static void
color_scheme_cb (GSettings *settings, const char *key, gpointer data)
{
  g_autofree char *scheme = g_settings_get_string (settings, "color-scheme");

  sem_app_set_color_scheme (scheme);
}

/* Without settings the choice lasts as long as the program. */
static void
change_color_scheme_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  sem_app_set_color_scheme (g_variant_get_string (value, NULL));
  g_simple_action_set_state (action, value);
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GList *windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (data)));

  /* Closing lets a window save its state; the last one ends the program. */
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (GTK_WINDOW (l->data));
  g_list_free (windows);
}

static void
add_actions (SemApplication *self)
{
  static const GActionEntry entries[] = { { .name = "quit", .activate = quit_cb } };
  GSettings *settings = sem_settings_get ();
  g_autoptr (GAction) scheme = NULL;

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  if (settings != NULL)
    {
      scheme = g_settings_create_action (settings, "color-scheme");
      g_signal_connect_object (settings, "changed::color-scheme", G_CALLBACK (color_scheme_cb),
                               self, 0);
      color_scheme_cb (settings, NULL, NULL);
    }
  else
    {
      scheme = G_ACTION (g_simple_action_new_stateful ("color-scheme", G_VARIANT_TYPE_STRING,
                                                       g_variant_new_string ("system")));
      g_signal_connect (scheme, "change-state", G_CALLBACK (change_color_scheme_cb), NULL);
    }
  g_action_map_add_action (G_ACTION_MAP (self), scheme);
  sem_actions_set_accels (GTK_APPLICATION (self));
}

static void
sem_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (sem_application_parent_class)->startup (application);
  gtk_window_set_default_icon_name (SEM_APP_ID);
  sem_compat_mend_bounds ();
  add_actions (SEM_APPLICATION (application));
}

static void
sem_application_finalize (GObject *object)
{
  SemApplication *self = SEM_APPLICATION (object);

  if (self->preload != NULL) /* a second instance: the first one has shown the window */
    sem_preloaded_free (sem_preload_finish (g_steal_pointer (&self->preload)));
  G_OBJECT_CLASS (sem_application_parent_class)->finalize (object);
}

static void
sem_application_class_init (SemApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sem_application_finalize;
  application_class->startup = sem_application_startup;
  application_class->activate = sem_application_activate;
  application_class->open = sem_application_open;
}

static void
sem_application_init (SemApplication *self)
{
}

SemApplication *
sem_application_new (SemPreload *preload)
{
  SemApplication *self;

  /* A reference is enough for the linker to keep the resources, which register themselves. */
  (void)semblance_get_resource ();
#ifdef SEM_HAVE_SMALL_ICONS
  (void)semblance_icons_get_resource ();
#endif
  self = g_object_new (SEM_TYPE_APPLICATION, "application-id", SEM_APP_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN, "resource-base-path",
                       "/io/github/semblance/Semblance", NULL);

  self->preload = preload;
  return self;
}
