/* SPDX-License-Identifier: GPL-3.0-or-later */
/* AdwStyleManager and GtkSettings, translated for the pictures. */
#include "app/theme.h"

static SemTextContext *text_context;

const SemTheme *
sem_app_get_theme (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean dark = adw_style_manager_get_dark (manager);

  if (adw_style_manager_get_high_contrast (manager))
    return sem_theme_get (dark ? SEM_THEME_CONTRAST_DARK : SEM_THEME_CONTRAST);
  return sem_theme_get (dark ? SEM_THEME_DARK : SEM_THEME_LIGHT);
}

/* The family of a "gtk-font-name", which ends in a size and may have a style. */
static char *
dup_family (const char *font_name)
{
  PangoFontDescription *description = pango_font_description_from_string (font_name);
  char *family = g_strdup (pango_font_description_get_family (description));

  pango_font_description_free (description);
  return family;
}

SemTextContext *
sem_app_get_text_context (void)
{
  if (text_context == NULL)
    {
      GtkSettings *settings = gtk_settings_get_default ();
      g_autofree char *font_name = NULL;
      g_autofree char *family = NULL;
      int dpi = -1;

      g_object_get (settings, "gtk-font-name", &font_name, "gtk-xft-dpi", &dpi, NULL);
      if (font_name != NULL)
        family = dup_family (font_name);
      text_context
          = sem_text_context_new (family, dpi > 0 ? CLAMP (dpi / (96.0 * 1024.0), 0.5, 4.0) : 1.0);
    }
  return text_context;
}

static void
drop_text_context_cb (void)
{
  g_clear_pointer (&text_context, sem_text_context_unref);
}

void
sem_app_connect_theme_changed (GCallback handler, GObject *object)
{
  static gboolean connected;
  AdwStyleManager *manager = adw_style_manager_get_default ();
  GtkSettings *settings = gtk_settings_get_default ();

  if (!connected)
    {
      connected = TRUE; /* first, so that the handlers below find the new context */
      g_signal_connect (settings, "notify::gtk-font-name", G_CALLBACK (drop_text_context_cb), NULL);
      g_signal_connect (settings, "notify::gtk-xft-dpi", G_CALLBACK (drop_text_context_cb), NULL);
    }
  g_signal_connect_object (manager, "notify::dark", handler, object, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", handler, object, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "notify::gtk-font-name", handler, object, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "notify::gtk-xft-dpi", handler, object, G_CONNECT_SWAPPED);
}

void
sem_app_set_color_scheme (const char *scheme)
{
  AdwColorScheme value = ADW_COLOR_SCHEME_DEFAULT;

  if (g_str_equal (scheme, "light"))
    value = ADW_COLOR_SCHEME_FORCE_LIGHT;
  else if (g_str_equal (scheme, "dark"))
    value = ADW_COLOR_SCHEME_FORCE_DARK;
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), value);
}

GdkRGBA
sem_app_rgba (SemRgba color)
{
  return (GdkRGBA){ (float)color.r, (float)color.g, (float)color.b, (float)color.a };
}
