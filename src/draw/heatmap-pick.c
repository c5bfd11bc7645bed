/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a place to a cell or a label, and back; and by arrow keys from one to the next. */
#include "draw/heatmap-private.h"

#include "draw/plot.h"

#include <math.h>

#define COL_FOOT 1.0 /* height of the box of a column's name */

gboolean
sem_heatmap_get_cell_box (const SemHeatmap *self, gsize row_place, gsize col_place, SemBox *box)
{
  const double left = MAX (sem_heatmap_get_col_x (self, col_place), self->plot.x);
  const double top = MAX (sem_heatmap_get_row_y (self, row_place), self->plot.y);
  const double right
      = MIN (sem_heatmap_get_col_x (self, col_place + 1), self->plot.x + self->plot.width);
  const double bottom
      = MIN (sem_heatmap_get_row_y (self, row_place + 1), self->plot.y + self->plot.height);

  *box = (SemBox){ left, top, right - left, bottom - top };
  return right > left && bottom > top;
}

/* The place at a position of the window: a guess from the cell's size, corrected by the edges as
 * they were drawn. */
static gsize
find_place (const SemHeatmap *self, gboolean row, double position)
{
  const double content = row ? self->content_y : self->content_x;
  const gsize first = row ? self->first_row : self->first_col,
              end = row ? self->end_row : self->end_col;
  double (*get_edge) (const SemHeatmap *, gsize)
      = row ? sem_heatmap_get_row_y : sem_heatmap_get_col_x;
  gsize place
      = (gsize)CLAMP (floor ((position - content) / self->cell), (double)first, (double)(end - 1));

  while (place > first && position < get_edge (self, place))
    place--;
  while (place + 1 < end && position >= get_edge (self, place + 1))
    place++;
  return place;
}

/* The strips of labels: left of the window, and above it along the slant of the column labels. */
static gboolean
pick_label (const SemHeatmap *self, double x, double y, SemItem *item)
{
  const double left = self->plot.x - SEM_HEATMAP_LABEL_GAP - self->row_room;
  const double slant = self->angle_deg < 90.0 ? 1.0 / tan (self->angle_deg * G_PI / 180.0) : 0.0;
  const double top = self->plot.y - SEM_HEATMAP_LABEL_GAP
                     - self->col_room * sin (self->angle_deg * G_PI / 180.0);
  const double foot = x - (self->plot.y - y) * slant;

  if (y >= self->plot.y && y < self->plot.y + self->plot.height && x >= left && x < self->plot.x)
    item->unit = self->data->row_order[find_place (self, TRUE, y)];
  else if (self->data->shares_units && y >= top && y < self->plot.y && foot >= self->plot.x
           && foot < self->plot.x + self->plot.width)
    item->unit = self->data->col_order[find_place (self, FALSE, foot)];
  else
    return FALSE;
  item->kind = SEM_ITEM_UNIT;
  return TRUE;
}

void
sem_heatmap_pick (const SemLayout *layout, double x, double y, SemItem *item)
{
  const SemHeatmap *self = (const SemHeatmap *)layout;
  gsize row, col;

  if (self->data->message || pick_label (self, x, y, item) || !sem_box_contains (&self->plot, x, y))
    return;
  row = find_place (self, TRUE, y);
  col = find_place (self, FALSE, x);
  if (!sem_heatmap_is_shown (self, row, col))
    return;
  item->kind = SEM_ITEM_PAIR;
  item->unit = self->data->row_order[row];
  item->other = self->data->col_order[col];
}

/* A unit that has a column only: the foot of its label, which is where every slant begins. */
static gboolean
locate_col (const SemHeatmap *self, gsize unit, SemBox *box)
{
  if (!sem_heatmap_data_has_col (self->data, unit)
      || !sem_heatmap_get_cell_box (self, self->first_row, self->data->col_place[unit], box))
    return FALSE;
  *box = (SemBox){ box->x, self->plot.y - COL_FOOT, box->width, COL_FOOT };
  return TRUE;
}

gboolean
sem_heatmap_locate (const SemLayout *layout, const SemItem *item, SemBox *box)
{
  const SemHeatmap *self = (const SemHeatmap *)layout;
  const SemHeatmapData *data = self->data;
  const gsize unit = sem_plot_get_unit (item);

  if (data->message)
    return FALSE;
  if (item->kind == SEM_ITEM_PAIR)
    return sem_heatmap_data_has_row (data, item->unit)
           && sem_heatmap_data_has_col (data, item->other)
           && sem_heatmap_is_shown (self, data->row_place[item->unit], data->col_place[item->other])
           && sem_heatmap_get_cell_box (self, data->row_place[item->unit],
                                        data->col_place[item->other], box);
  if (data->shares_units && !sem_heatmap_data_has_row (data, unit))
    return locate_col (self, unit, box);
  if (!sem_heatmap_data_has_row (data, unit)
      || !sem_heatmap_get_cell_box (self, data->row_place[unit], self->first_col, box))
    return FALSE;
  box->width
      = MIN (data->row_widths[unit] * self->label_size / SEM_HEATMAP_MEASURE_SIZE, self->row_room);
  box->x = self->plot.x - SEM_HEATMAP_LABEL_GAP - box->width;
  return TRUE;
}

static gsize
shift_place (gsize place, int by, gsize n)
{
  if (by < 0)
    return place > 0 ? place - 1 : 0;
  return by > 0 ? MIN (place + 1, n - 1) : place;
}

void
sem_heatmap_step (const SemLayout *layout, const SemItem *from, int dx, int dy, SemItem *to)
{
  const SemHeatmap *self = (const SemHeatmap *)layout;
  const SemHeatmapData *data = self->data;
  const gsize unit = from ? sem_plot_get_unit (from) : G_MAXSIZE;
  gsize row = 0, col = 0;

  if (data->message)
    return;
  *to = (SemItem)SEM_ITEM_INIT;
  to->kind = SEM_ITEM_PAIR;
  if (from && from->kind == SEM_ITEM_PAIR && sem_heatmap_data_has_row (data, from->unit)
      && sem_heatmap_data_has_col (data, from->other))
    {
      row = shift_place (data->row_place[from->unit], dy, data->n_rows);
      col = shift_place (data->col_place[from->other], dx, data->n_cols);
      if (!sem_heatmap_is_shown (self, row, col))
        {
          row = data->row_place[from->unit];
          col = data->col_place[from->other];
        }
    }
  else if (sem_heatmap_data_has_row (data, unit))
    {
      row = shift_place (data->row_place[unit], dy, data->n_rows);
      if (dx == 0)
        {
          to->kind = SEM_ITEM_UNIT;
          to->unit = data->row_order[row];
          return;
        }
    }
  to->unit = data->row_order[row];
  to->other = data->col_order[col];
}

/* A block of cells: the units of its rows, then those of its columns, in the order they are shown.
 */
void
sem_heatmap_enclose (const SemLayout *layout, const SemPoint *corners, gsize n, GArray *units)
{
  const SemHeatmap *self = (const SemHeatmap *)layout;
  const SemHeatmapData *data = self->data;
  const double right = self->plot.x + self->plot.width, bottom = self->plot.y + self->plot.height;
  double low_x = G_MAXDOUBLE, low_y = G_MAXDOUBLE, high_x = -G_MAXDOUBLE, high_y = -G_MAXDOUBLE;
  g_autofree gboolean *taken = NULL;

  for (gsize i = 0; i < n; i++)
    {
      low_x = MIN (low_x, corners[i].x);
      high_x = MAX (high_x, corners[i].x);
      low_y = MIN (low_y, corners[i].y);
      high_y = MAX (high_y, corners[i].y);
    }
  if (data->message
      || !(low_x < right && high_x > self->plot.x && low_y < bottom && high_y > self->plot.y))
    return;
  low_x = MAX (low_x, self->plot.x);
  low_y = MAX (low_y, self->plot.y);
  high_x = MIN (high_x, right);
  high_y = MIN (high_y, bottom);
  taken = g_new0 (gboolean, data->n_rows);
  for (gsize place = find_place (self, TRUE, low_y); place < self->end_row; place++)
    if (sem_heatmap_get_row_y (self, place) < high_y)
      {
        taken[data->row_order[place]] = TRUE;
        g_array_append_val (units, data->row_order[place]);
      }
  /* Columns of another text are none of the document's units. */
  for (gsize place = find_place (self, FALSE, low_x); data->symmetric && place < self->end_col;
       place++)
    if (sem_heatmap_get_col_x (self, place) < high_x && !taken[data->col_order[place]])
      g_array_append_val (units, data->col_order[place]);
}

gboolean
sem_heatmap_place (const SemLayout *layout, const SemItem *item, double *u, double *v)
{
  const SemHeatmap *self = (const SemHeatmap *)layout;
  const SemHeatmapData *data = self->data;
  const gsize row = item->kind == SEM_ITEM_PAIR ? item->unit : sem_plot_get_unit (item);
  const gsize col = item->kind == SEM_ITEM_PAIR ? item->other : row;

  if (data->message || row >= data->n_rows || col >= data->n_cols)
    return FALSE;
  *u = ((double)data->col_place[col] + 0.5) / (double)data->n_cols;
  *v = ((double)data->row_place[row] + 0.5) / (double)data->n_rows;
  return TRUE;
}
