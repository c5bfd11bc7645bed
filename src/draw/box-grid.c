/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A uniform grid of boxes.  Each cell is a linked list of entries in one growing array; a box that
 * spans several cells has an entry in each. */
#include "draw/box-grid.h"

#include <math.h>

#define MAX_CELLS_ACROSS 256
#define NO_ENTRY G_MAXUINT32

typedef struct
{
  SemBox box;
  gsize owner;
  guint32 next;
} Entry;

struct _SemBoxGrid
{
  double x, y, cell_width, cell_height;
  guint n_across, n_down;
  guint32 *heads; /* n_across x n_down */
  GArray *entries;
};

static guint
count_cells (double extent, double cell)
{
  double n = cell > 0.0 ? ceil (extent / cell) : 1.0;

  return (guint)CLAMP (n, 1.0, (double)MAX_CELLS_ACROSS);
}

SemBoxGrid *
sem_box_grid_new (const SemBox *area, double cell_width, double cell_height, gsize n_expected)
{
  SemBoxGrid *self = g_new0 (SemBoxGrid, 1);
  gsize n_cells;

  self->x = area->x;
  self->y = area->y;
  self->n_across = count_cells (area->width, cell_width);
  self->n_down = count_cells (area->height, cell_height);
  self->cell_width = MAX (area->width / self->n_across, 1e-9);
  self->cell_height = MAX (area->height / self->n_down, 1e-9);
  n_cells = (gsize)self->n_across * self->n_down;
  self->heads = g_new (guint32, n_cells);
  memset (self->heads, 0xff, n_cells * sizeof *self->heads);
  self->entries = g_array_sized_new (FALSE, FALSE, sizeof (Entry), (guint)MIN (n_expected, 65536));
  return self;
}

void
sem_box_grid_free (SemBoxGrid *self)
{
  g_free (self->heads);
  g_array_unref (self->entries);
  g_free (self);
}

static guint
find_cell (double position, double origin, double cell, guint n)
{
  double index = floor ((position - origin) / cell);

  return (guint)CLAMP (index, 0.0, (double)(n - 1));
}

static void
find_span (const SemBoxGrid *self, const SemBox *box, guint span[4])
{
  span[0] = find_cell (box->x, self->x, self->cell_width, self->n_across);
  span[1] = find_cell (box->x + box->width, self->x, self->cell_width, self->n_across);
  span[2] = find_cell (box->y, self->y, self->cell_height, self->n_down);
  span[3] = find_cell (box->y + box->height, self->y, self->cell_height, self->n_down);
}

void
sem_box_grid_add (SemBoxGrid *self, const SemBox *box, gsize owner)
{
  guint span[4];

  find_span (self, box, span);
  for (guint row = span[2]; row <= span[3]; row++)
    for (guint col = span[0]; col <= span[1]; col++)
      {
        guint32 *head = &self->heads[(gsize)row * self->n_across + col];
        Entry entry = { *box, owner, *head };

        *head = self->entries->len;
        g_array_append_val (self->entries, entry);
      }
}

gboolean
sem_boxes_overlap (const SemBox *a, const SemBox *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height
         && b->y < a->y + a->height;
}

gboolean
sem_box_grid_hits (const SemBoxGrid *self, const SemBox *box, gsize except)
{
  const Entry *entries = (const Entry *)(const void *)self->entries->data;
  guint span[4];

  find_span (self, box, span);
  for (guint row = span[2]; row <= span[3]; row++)
    for (guint col = span[0]; col <= span[1]; col++)
      for (guint32 i = self->heads[(gsize)row * self->n_across + col]; i != NO_ENTRY;
           i = entries[i].next)
        if (entries[i].owner != except && sem_boxes_overlap (&entries[i].box, box))
          return TRUE;
  return FALSE;
}
