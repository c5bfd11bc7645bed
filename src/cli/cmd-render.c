/* SPDX-License-Identifier: GPL-3.0-or-later */
/* render: a picture of a text as PNG, SVG or PDF, drawn by the same functions as in the window. */
#include "cli/command.h"
#include "cli/commands.h"

#include "draw/export.h"

#include <string.h>

/* "1280x860", points. */
static gboolean
parse_size (const char *text, double *width, double *height)
{
  char *end;
  *width = g_ascii_strtod (text, &end);
  if (end == text || *end != 'x')
    return FALSE;
  const char *second = end + 1;
  *height = g_ascii_strtod (second, &end);
  return end != second && *end == '\0';
}

static gboolean
parse_figure (const char *view,
              const char *theme,
              const char *size,
              const char *scale,
              const char *output,
              SemFigure *figure)
{
  char *end = NULL;
  if (view != NULL && !sem_picture_kind_from_id (view, &figure->picture))
    sem_command_usage_error ("--view=%s: it can be overview, tokens, similarity, map or vectors",
                             view);
  else if (theme != NULL && !sem_theme_kind_from_id (theme, &figure->theme))
    sem_command_usage_error ("--theme=%s: it can be light, dark, contrast, contrast-dark or print",
                             theme);
  else if (size != NULL && !parse_size (size, &figure->width, &figure->height))
    sem_command_usage_error ("--size=%s: expected WIDTHxHEIGHT in points, as in 1280x860", size);
  else if (scale != NULL
           && ((figure->scale = g_ascii_strtod (scale, &end)) <= 0 || end == scale || *end != '\0'))
    sem_command_usage_error ("--scale=%s: expected a number above 0", scale);
  else if (output == NULL)
    sem_command_usage_error ("render needs -o FILE ending in .png, .svg or .pdf");
  else if (!sem_figure_format_from_name (output, &figure->format))
    sem_command_usage_error ("-o %s: the name must end in .png, .svg or .pdf", output);
  else
    return TRUE;
  return FALSE;
}

int
sem_cmd_render (int argc, char **argv)
{
  g_autofree char *view = NULL, *theme = NULL, *size = NULL, *scale = NULL;
  const GOptionEntry entries[] = {
    { "view", 0, 0, G_OPTION_ARG_FILENAME, &view, "overview, tokens, similarity, map or vectors",
      "VIEW" },
    { "theme", 0, 0, G_OPTION_ARG_FILENAME, &theme, "light, dark, contrast, contrast-dark or print",
      "THEME" },
    { "size", 0, 0, G_OPTION_ARG_FILENAME, &size, "Size in points (default 1280x860)", "WxH" },
    { "scale", 0, 0, G_OPTION_ARG_FILENAME, &scale, "PNG: pixels per point (default 1)", "S" },
    { NULL },
  };
  g_auto (SemCommandOptions) options = { NULL };
  g_autoptr (GError) error = NULL;
  if (!sem_command_parse ("TEXT",
                          SEM_TAKES_MODEL | SEM_TAKES_UNIT | SEM_TAKES_CENTER | SEM_TAKES_OUTPUT,
                          entries, argc, argv, &options)
      || !sem_command_check_arguments (&options, 1, G_MAXUINT))
    return SEM_EXIT_USAGE;
  SemFigure figure = { .width = 1280, .height = 860, .scale = 1 };
  if (!parse_figure (view, theme, size, scale, options.output, &figure))
    return SEM_EXIT_USAGE;
  g_autoptr (SemAnalysis) analysis
      = sem_command_analyze (&options, figure.picture == SEM_PICTURE_TOKENS, &error);
  if (analysis == NULL)
    return sem_command_fail (error);
  const SemViewOptions shown = SEM_VIEW_OPTIONS_INIT;
  const SemFocus focus = { SEM_ITEM_INIT, NULL, 0 };
  g_autoptr (GBytes) bytes = sem_figure_render (analysis, &shown, &focus, &figure, &error);
  if (bytes == NULL)
    return sem_command_fail (error);
  return sem_command_finish (&options, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}
