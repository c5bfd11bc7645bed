/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lengths as people give them: millimetres, inches, points, pixels of an image.  The window and the command line convert with
 * these, so that the same size gives the same bytes. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SEM_LENGTH_MM,
  SEM_LENGTH_INCH,
  SEM_LENGTH_POINT, /* 1/72 inch */
  SEM_LENGTH_PIXEL, /* of an image with `scale` pixels a point */
} SemLengthUnit;
#define SEM_N_LENGTH_UNITS 4
const char *sem_length_unit_get_id (SemLengthUnit unit); /* "mm", "in", "pt", "px" */

double sem_length_to_points (double value, SemLengthUnit unit, double scale);
double sem_length_from_points (double points, SemLengthUnit unit, double scale);
/* sem_figure_parse_size: "85x60mm", "3.3x2.5in", "1920x1080px", "960x540pt" or without a unit points; FALSE when it is none. */
gboolean sem_figure_parse_size (const char *text, double scale, double *width_pt, double *height_pt);

G_END_DECLS
