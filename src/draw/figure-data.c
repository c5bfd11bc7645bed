/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which numbers belong to which picture, and how their file is called. */
#include "draw/figure-data.h"

#include "core/file-replace.h"

#include <string.h>

char *
sem_figure_dup_data_name (const char *figure_name, SemDataFormat format)
{
  const char *slash = strrchr (figure_name, G_DIR_SEPARATOR);
  const char *base = slash != NULL ? slash + 1 : figure_name;
  SemFigureFormat known;
  gsize length = strlen (figure_name);

  /* Only the ending of a figure goes: "map.v2" keeps its own. */
  if (sem_figure_format_from_name (base, &known))
    length -= strlen (strrchr (base, '.'));
  return g_strdup_printf ("%.*s.%s", (int)length, figure_name, sem_data_format_get_id (format));
}

static SemDataKind
get_data_kind (SemPictureKind picture)
{
  switch (picture)
    {
    case SEM_PICTURE_TOKENS:
      return SEM_DATA_TOKENS;
    case SEM_PICTURE_MAP:
      return SEM_DATA_COORDINATES;
    case SEM_PICTURE_VECTORS:
      return SEM_DATA_VECTORS;
    case SEM_PICTURE_OVERVIEW:
    case SEM_PICTURE_SIMILARITY:
    default:
      return SEM_DATA_SIMILARITY;
    }
}

gboolean
sem_figure_save_data (SemAnalysis *analysis,
                      const SemViewOptions *view,
                      const SemFocus *focus,
                      const SemFigure *figure,
                      SemDataFormat format,
                      GFile *file,
                      GCancellable *cancellable,
                      GError **error)
{
  const SemDataKind kind = get_data_kind (figure->picture);
  g_autofree char *note = sem_figure_dup_provenance (analysis, view, figure);
  g_autoptr (GBytes) bytes
      = sem_figure_shows_two (figure)
            ? sem_data_file_make_two (figure->comparison, kind, format, view, note)
            : sem_data_file_make (analysis, kind, format, view, focus, note);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return sem_file_replace (file, data, size, G_FILE_CREATE_NONE, cancellable, error);
}
