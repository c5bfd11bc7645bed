/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From --view, --size, --dpi ... to a SemFigure. */
#include "cli/figure-option.h"

#include "draw/figure-data.h"
#include "draw/figure-size.h"

#include <math.h>
#include <string.h>

void
sem_figure_options_clear (SemFigureOptions *self)
{
  char **strings[] = { &self->view,      &self->theme, &self->size,  &self->scale,   &self->dpi,
                       &self->text_size, &self->type,  &self->title, &self->caption, &self->data };

  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    g_clear_pointer (strings[i], g_free);
}

void
sem_figure_options_fill_entries (SemFigureOptions *self, GOptionEntry entries[SEM_N_FIGURE_OPTIONS])
{
  const GOptionEntry filled[SEM_N_FIGURE_OPTIONS] = {
    { "view", 0, 0, G_OPTION_ARG_FILENAME, &self->view,
      "overview, tokens, similarity, map or vectors", "VIEW" },
    { "theme", 0, 0, G_OPTION_ARG_FILENAME, &self->theme,
      "light, dark, contrast, contrast-dark or print", "THEME" },
    { "size", 0, 0, G_OPTION_ARG_FILENAME, &self->size,
      "Width and height: in points, or like 85x60mm, 3.5x2.5in, 1920x1080px (default: 1280x860)",
      "WxH[UNIT]" },
    { "scale", 0, 0, G_OPTION_ARG_FILENAME, &self->scale,
      "Pixels of a PNG or WebP per point (default: 1)", "S" },
    { "dpi", 0, 0, G_OPTION_ARG_FILENAME, &self->dpi,
      "The same in pixels per inch: 72 is --scale=1", "N" },
    { "text-size", 0, 0, G_OPTION_ARG_FILENAME, &self->text_size,
      "Points of a word in the picture (default: 13)", "PT" },
    { "type", 0, 0, G_OPTION_ARG_FILENAME, &self->type,
      "png, svg, pdf, eps or webp (default: by the name of the file)", "TYPE" },
    { "title", 0, 0, G_OPTION_ARG_FILENAME, &self->title, "A line above the picture", "TEXT" },
    { "caption", 0, 0, G_OPTION_ARG_FILENAME, &self->caption, "Words below it", "TEXT" },
    { "provenance", 0, 0, G_OPTION_ARG_NONE, &self->provenance,
      "Below it too: model and hash, units, pooling, centring, range, version", NULL },
    { "transparent", 0, 0, G_OPTION_ARG_NONE, &self->transparent, "Leave the page's background out",
      NULL },
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &self->data,
      "Write the picture's numbers beside it: csv, json, latex, npy, or several of them", "F,G" },
  };

  memcpy (entries, filled, sizeof filled);
}

static gboolean
parse_number (const char *option, const char *text, double *value)
{
  char *end;

  *value = g_ascii_strtod (text, &end);
  if (end != text && *end == '\0' && isfinite (*value))
    return TRUE;
  sem_command_usage_error ("--%s=%s: a number is needed", option, text);
  return FALSE;
}

static gboolean
apply_choices (const SemFigureOptions *self, SemFigure *figure)
{
  if (self->view != NULL && !sem_picture_kind_from_id (self->view, &figure->picture))
    {
      sem_command_usage_error ("--view=%s: it can be overview, tokens, similarity, map or vectors",
                               self->view);
      return FALSE;
    }
  if (self->theme != NULL && !sem_theme_kind_from_id (self->theme, &figure->theme))
    {
      sem_command_usage_error (
          "--theme=%s: it can be light, dark, contrast, contrast-dark or print", self->theme);
      return FALSE;
    }
  return TRUE;
}

static gboolean
apply_size (const SemFigureOptions *self, SemFigure *figure)
{
  double dpi;

  if (self->scale != NULL && self->dpi != NULL)
    {
      sem_command_usage_error ("--scale and --dpi say the same: give one of them");
      return FALSE;
    }
  if (self->scale != NULL && !parse_number ("scale", self->scale, &figure->scale))
    return FALSE;
  if (self->dpi != NULL)
    {
      if (!parse_number ("dpi", self->dpi, &dpi))
        return FALSE;
      figure->scale = dpi / SEM_POINTS_PER_INCH;
    }
  if (self->text_size != NULL && !parse_number ("text-size", self->text_size, &figure->text_size))
    return FALSE;
  if (self->size != NULL
      && !sem_figure_parse_size (self->size, figure->scale, &figure->width, &figure->height))
    {
      sem_command_usage_error ("--size=%s: width and height are needed, like 1280x860 (points), "
                               "85x60mm, 3.5x2.5in or 1920x1080px",
                               self->size);
      return FALSE;
    }
  return TRUE;
}

static gboolean
apply_format (const SemFigureOptions *self, const char *output, SemFigure *figure)
{
  if (self->type != NULL)
    {
      g_autofree char *name = g_strconcat ("x.", self->type, NULL);

      if (sem_figure_format_from_name (name, &figure->format))
        return TRUE;
      sem_command_usage_error ("--type=%s: it can be png, svg, pdf, eps or webp", self->type);
      return FALSE;
    }
  if (output == NULL || strcmp (output, "-") == 0)
    {
      sem_command_usage_error (
          "render needs -o FILE ending in .png, .svg, .pdf, .eps or .webp, or --type");
      return FALSE;
    }
  if (!sem_figure_format_from_name (output, &figure->format))
    {
      sem_command_usage_error (
          "%s: the name must end in .png, .svg, .pdf, .eps or .webp, or give --type", output);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_data (const SemFigureOptions *self, const char *output)
{
  g_auto (GStrv) names = self->data != NULL ? g_strsplit (self->data, ",", -1) : NULL;

  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    {
      SemDataFormat format;

      if (!sem_data_format_from_id (names[i], &format))
        {
          sem_command_usage_error ("--data=%s: it can be csv, json, latex, npy, or several of them",
                                   self->data);
          return FALSE;
        }
    }
  if (names != NULL && (output == NULL || strcmp (output, "-") == 0))
    {
      sem_command_usage_error ("--data writes beside the figure, and needs its -o FILE");
      return FALSE;
    }
  return TRUE;
}

gboolean
sem_figure_options_apply (const SemFigureOptions *self, const char *output, SemFigure *figure)
{
  const char *texts[] = { self->title, self->caption };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i] != NULL && !g_utf8_validate (texts[i], -1, NULL))
      {
        sem_command_usage_error ("--%s: it is not UTF-8", i == 0 ? "title" : "caption");
        return FALSE;
      }
  if (self->title != NULL)
    figure->title = self->title;
  if (self->caption != NULL)
    figure->caption = self->caption;
  figure->transparent = figure->transparent || self->transparent;
  figure->provenance = figure->provenance || self->provenance;
  return apply_choices (self, figure) && apply_size (self, figure)
         && apply_format (self, output, figure) && check_data (self, output);
}

gboolean
sem_figure_options_write_data (const SemFigureOptions *self,
                               const char *output,
                               SemAnalysis *analysis,
                               const SemViewOptions *view,
                               const SemFocus *focus,
                               const SemFigure *figure,
                               GError **error)
{
  g_auto (GStrv) names = self->data != NULL ? g_strsplit (self->data, ",", -1) : NULL;

  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    {
      SemDataFormat format = SEM_DATA_CSV;
      g_autoptr (GFile) file = NULL;

      sem_data_format_from_id (names[i], &format);
      g_autofree char *path = sem_figure_dup_data_name (output, format);
      file = g_file_new_for_path (path);
      if (!sem_figure_save_data (analysis, view, focus, figure, format, file, NULL, error))
        return FALSE;
    }
  return TRUE;
}
