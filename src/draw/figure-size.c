/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lengths in several units. */
#include "draw/figure-size.h"

#include "draw/export.h"

#include <math.h>
#include <string.h>

static const char *const unit_ids[SEM_N_LENGTH_UNITS] = { "mm", "in", "pt", "px" };

const char *
sem_length_unit_get_id (SemLengthUnit unit)
{
  g_return_val_if_fail ((guint)unit < SEM_N_LENGTH_UNITS, NULL);
  return unit_ids[unit];
}

double
sem_length_to_points (double value, SemLengthUnit unit, double scale)
{
  switch (unit)
    {
    case SEM_LENGTH_MM:
      return value * SEM_POINTS_PER_INCH / 25.4;
    case SEM_LENGTH_INCH:
      return value * SEM_POINTS_PER_INCH;
    case SEM_LENGTH_PIXEL:
      return value / scale;
    case SEM_LENGTH_POINT:
    default:
      return value;
    }
}

double
sem_length_from_points (double points, SemLengthUnit unit, double scale)
{
  return points / sem_length_to_points (1.0, unit, scale);
}

gboolean
sem_figure_parse_size (const char *text, double scale, double *width_pt, double *height_pt)
{
  char *end;
  double width = g_ascii_strtod (text, &end), height;
  SemLengthUnit unit = SEM_LENGTH_POINT;

  if (end == text || *end != 'x' || g_ascii_isspace (end[1]) || !(scale > 0.0))
    return FALSE;
  text = end + 1;
  height = g_ascii_strtod (text, &end);
  if (end == text || !isfinite (width) || !isfinite (height))
    return FALSE;
  if (*end != '\0')
    {
      gsize i = 0;

      while (i < SEM_N_LENGTH_UNITS && strcmp (end, unit_ids[i]) != 0)
        i++;
      if (i == SEM_N_LENGTH_UNITS)
        return FALSE;
      unit = (SemLengthUnit)i;
    }
  *width_pt = sem_length_to_points (width, unit, scale);
  *height_pt = sem_length_to_points (height, unit, scale);
  return TRUE;
}
