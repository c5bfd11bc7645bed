/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Greedy label placement over two grids: one of marks (points and obstacles), which never changes,
 * and one of labels and leader lines placed so far.  Positions are taken relative to the first
 * finite point, so that a shift of everything shifts the result and rounding cannot decide
 * differently. */
#include "draw/label-placement.h"

#include "draw/box-grid.h"

#include <math.h>
#include <stdlib.h>

#define N_BESIDE 8
#define N_DIRECTIONS 24
#define MANY 300 /* labels, above which only half of the directions are tried */
#define MAX_RINGS 6
#define LEADER_STEP 4.0 /* a leader line keeps labels away by small boxes this far apart */
#define LEADER_WIDTH 3.0
#define OBSTACLE_OWNER (G_MAXSIZE - 1)

typedef struct
{
  const SemLabelRequest *requests;
  gsize n;
  const SemLabelRules *rules;
  SemLabelPlace *places;
  double origin_x, origin_y;
  SemBoxGrid *marks;
  SemBoxGrid *labels;
  gboolean *done;
} Placer;

/* The eight places that touch the point: fractions of (radius + gap) and of the box that its left
 * and top are moved by. */
static const struct
{
  double along_x, along_y, box_x, box_y;
} beside[N_BESIDE] = {
  { 1.0, 0.0, 0.0, -0.5 },   /* right: the default */
  { -1.0, 0.0, -1.0, -0.5 }, /* left */
  { 0.0, -1.0, -0.5, -1.0 }, /* above */
  { 0.0, 1.0, -0.5, 0.0 },   /* below */
  { 0.6, -0.6, 0.0, -1.0 },   { 0.6, 0.6, 0.0, 0.0 },
  { -0.6, -0.6, -1.0, -1.0 }, { -0.6, 0.6, -1.0, 0.0 },
};

/* Directions of the leader lines, best first: level ones read better than steep ones. */
static const double directions[N_DIRECTIONS]
    = { 20, -20, 160, -160, 45,  -45,  135, -135, 75,  -75,  105, -105,
        0,  180, 32,  -32,  148, -148, 60,  -60,  120, -120, 90,  -90 };

static gboolean
is_usable (const SemLabelRequest *request)
{
  return isfinite (request->x) && isfinite (request->y) && isfinite (request->width)
         && isfinite (request->height);
}

static gboolean
has_label (const SemLabelRequest *request)
{
  return is_usable (request) && request->width > 0.0 && request->height > 0.0;
}

static SemBox
make_beside_box (const Placer *self, gsize label, guint candidate)
{
  const SemLabelRequest *request = &self->requests[label];
  double away = request->radius + self->rules->gap;

  return (SemBox){
    .x = request->x - self->origin_x + beside[candidate].along_x * away
         + beside[candidate].box_x * request->width,
    .y = request->y - self->origin_y + beside[candidate].along_y * away
         + beside[candidate].box_y * request->height,
    .width = request->width,
    .height = request->height,
  };
}

static gboolean
is_inside (const Placer *self, const SemBox *box)
{
  const SemBox *bounds = self->rules->bounds;
  const double x = bounds ? bounds->x - self->origin_x : 0.0;
  const double y = bounds ? bounds->y - self->origin_y : 0.0;

  return !bounds
         || (box->x >= x && box->y >= y && box->x + box->width <= x + bounds->width
             && box->y + box->height <= y + bounds->height);
}

static SemBox
grow_box (const SemBox *box, double margin)
{
  return (SemBox){ box->x - margin, box->y - margin, box->width + 2.0 * margin,
                   box->height + 2.0 * margin };
}

/* Nothing but its own mark may be under a label beside it; a label further out keeps clear of that
 * too. */
static gboolean
is_free (const Placer *self, const SemBox *box, gsize except)
{
  SemBox grown = grow_box (box, self->rules->margin);

  return is_inside (self, box) && !sem_box_grid_hits (self->marks, box, except)
         && !sem_box_grid_hits (self->labels, &grown, G_MAXSIZE);
}

static void
settle (Placer *self, gsize label, const SemBox *box, SemLabelState state)
{
  SemLabelPlace *place = &self->places[label];

  place->state = state;
  place->x = box->x + self->origin_x;
  place->y = box->y + self->origin_y;
  sem_box_grid_add (self->labels, box, label);
  self->done[label] = TRUE;
}

static gboolean
place_beside (Placer *self, gsize label)
{
  for (guint i = 0; i < N_BESIDE; i++)
    {
      SemBox box = make_beside_box (self, label, i);

      if (is_free (self, &box, label))
        {
          settle (self, label, &box, i == 0 ? SEM_LABEL_AT_DEFAULT : SEM_LABEL_BESIDE);
          return TRUE;
        }
    }
  return FALSE;
}

/* The point of the box nearest to (x, y). */
static void
find_nearest_on_box (const SemBox *box, double x, double y, double *out_x, double *out_y)
{
  *out_x = CLAMP (x, box->x, box->x + box->width);
  *out_y = CLAMP (y, box->y, box->y + box->height);
}

/* Walks the leader line in small boxes: FALSE when one of them meets a label, or another point's
 * mark.  In a crowd the points lie on one another: what is within a diameter of its own point is
 * not asked. */
static gboolean
walk_leader (Placer *self, gsize label, const double line[4], gboolean add)
{
  double dx = line[2] - line[0], dy = line[3] - line[1];
  double length = hypot (dx, dy), skip = 2.0 * self->requests[label].radius;
  guint n_steps = (guint)(length / LEADER_STEP) + 1;

  for (guint i = 0; i <= n_steps; i++)
    {
      double t = (double)i / n_steps;
      SemBox box = { line[0] + t * dx - LEADER_WIDTH / 2.0, line[1] + t * dy - LEADER_WIDTH / 2.0,
                     LEADER_WIDTH, LEADER_WIDTH };

      if (add)
        sem_box_grid_add (self->labels, &box, label);
      else if (t * length >= skip
               && (sem_box_grid_hits (self->labels, &box, G_MAXSIZE)
                   || sem_box_grid_hits (self->marks, &box, label)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
try_led (Placer *self, gsize label, double distance, double angle_deg)
{
  const SemLabelRequest *request = &self->requests[label];
  const double angle = angle_deg * G_PI / 180.0;
  const double x = request->x - self->origin_x, y = request->y - self->origin_y;
  const double anchor_x = x + distance * cos (angle), anchor_y = y + distance * sin (angle);
  SemBox box = { 0, 0, request->width, request->height };
  double line[4], length;

  /* The anchor is the box's nearest side: its left end when the label lies to the right, and so on.
   */
  box.x = fabs (cos (angle)) < 0.5 ? anchor_x - box.width / 2.0
                                   : (cos (angle) > 0 ? anchor_x : anchor_x - box.width);
  box.y = fabs (cos (angle)) < 0.5 ? (sin (angle) > 0 ? anchor_y : anchor_y - box.height)
                                   : anchor_y - box.height / 2.0;
  if (!is_free (self, &box, G_MAXSIZE))
    return FALSE;
  find_nearest_on_box (&box, x, y, &line[2], &line[3]);
  length = hypot (line[2] - x, line[3] - y);
  if (length <= request->radius + 1.0)
    return FALSE;
  line[0] = x + (line[2] - x) * request->radius / length;
  line[1] = y + (line[3] - y) * request->radius / length;
  if (!walk_leader (self, label, line, FALSE))
    return FALSE;
  settle (self, label, &box, SEM_LABEL_LED);
  walk_leader (self, label, line, TRUE);
  self->places[label].from_x = line[0] + self->origin_x;
  self->places[label].from_y = line[1] + self->origin_y;
  self->places[label].to_x = line[2] + self->origin_x;
  self->places[label].to_y = line[3] + self->origin_y;
  return TRUE;
}

/* The directions, those nearest to the way out of the crowd first when there is one. */
static guint
list_directions (const Placer *self, const SemLabelRequest *request, double *out)
{
  const guint n = self->n > MANY ? N_DIRECTIONS / 2 : N_DIRECTIONS;

  for (guint i = 0; i < n; i++)
    {
      guint at = i;

      for (; at > 0 && (request->out_x != 0.0 || request->out_y != 0.0); at--)
        {
          const double a = directions[i] * G_PI / 180.0, b = out[at - 1] * G_PI / 180.0;

          if (request->out_x * cos (a) + request->out_y * sin (a)
              <= request->out_x * cos (b) + request->out_y * sin (b) + 1e-9)
            break;
          out[at] = out[at - 1];
        }
      out[at] = directions[i];
    }
  return n;
}

static gboolean
place_led (Placer *self, gsize label)
{
  const SemLabelRequest *request = &self->requests[label];
  const guint n_rings = MIN (self->rules->n_rings, MAX_RINGS);
  double angles[N_DIRECTIONS];
  const guint n = n_rings > 0 ? list_directions (self, request, angles) : 0;

  for (guint ring = 0; ring < n_rings; ring++)
    for (guint i = 0; i < n; i++)
      if (try_led (self, label, request->radius + request->height * (0.9 + 0.8 * ring), angles[i]))
        return TRUE;
  return FALSE;
}

/* Rule 2: the labels whose default place is free of marks and of every other label's default place.
 */
static void
place_undisturbed (Placer *self, const SemBox *area, double cell_width, double cell_height)
{
  g_autoptr (SemBoxGrid) defaults = sem_box_grid_new (area, cell_width, cell_height, self->n * 4);

  for (gsize i = 0; i < self->n; i++)
    if (has_label (&self->requests[i]))
      {
        SemBox box = make_beside_box (self, i, 0);

        sem_box_grid_add (defaults, &box, i);
      }
  for (gsize i = 0; i < self->n; i++)
    if (has_label (&self->requests[i]))
      {
        SemBox box = make_beside_box (self, i, 0);
        SemBox grown = grow_box (&box, self->rules->margin);

        if (is_inside (self, &box) && !sem_box_grid_hits (self->marks, &box, i)
            && !sem_box_grid_hits (defaults, &grown, i))
          settle (self, i, &box, SEM_LABEL_AT_DEFAULT);
      }
}

static int
compare_importance (gconstpointer a, gconstpointer b, gpointer data)
{
  const SemLabelRequest *requests = data;
  gsize i = *(const gsize *)a, j = *(const gsize *)b;

  if (requests[i].priority != requests[j].priority)
    return requests[i].priority > requests[j].priority ? -1 : 1;
  return i < j ? -1 : i > j;
}

static void
place_disturbed (Placer *self)
{
  g_autofree gsize *order = g_new (gsize, self->n);
  gsize n = 0;

  for (gsize i = 0; i < self->n; i++)
    if (has_label (&self->requests[i]) && !self->done[i])
      order[n++] = i;
  if (n > 1)
    g_qsort_with_data (order, (int)n, sizeof *order, compare_importance, (gpointer)self->requests);
  for (gsize i = 0; i < n; i++)
    if (!place_beside (self, order[i]))
      place_led (self, order[i]);
}

/* The area of all points and the mean size of their labels: the grid's measure. */
static gboolean
measure (Placer *self, SemBox *area, double *cell_width, double *cell_height)
{
  double min_x = INFINITY, min_y = INFINITY, max_x = -INFINITY, max_y = -INFINITY;
  double width = 0.0, height = 0.0;
  gsize n_labels = 0;

  for (gsize i = 0; i < self->n; i++)
    if (is_usable (&self->requests[i]))
      {
        const SemLabelRequest *request = &self->requests[i];

        if (!(min_x <= max_x))
          {
            self->origin_x = request->x;
            self->origin_y = request->y;
          }
        min_x = MIN (min_x, request->x - self->origin_x);
        max_x = MAX (max_x, request->x - self->origin_x);
        min_y = MIN (min_y, request->y - self->origin_y);
        max_y = MAX (max_y, request->y - self->origin_y);
        width += request->width;
        height += request->height;
        n_labels += request->width > 0.0;
      }
  if (n_labels == 0)
    return FALSE;
  *cell_width = MAX (width / (double)n_labels, 4.0);
  *cell_height = MAX (2.0 * height / (double)n_labels, 4.0);
  *area = (SemBox){ min_x - *cell_width, min_y - *cell_height, max_x - min_x + 2.0 * *cell_width,
                    max_y - min_y + 2.0 * *cell_height };
  return TRUE;
}

void
sem_labels_place (const SemLabelRequest *requests,
                  gsize n,
                  const SemLabelRules *rules,
                  SemLabelPlace *out)
{
  Placer self = { requests, n, rules, out, 0.0, 0.0, NULL, NULL, NULL };
  SemBox area;
  double cell_width, cell_height;

  memset (out, 0, n * sizeof *out);
  if (!measure (&self, &area, &cell_width, &cell_height))
    return;
  self.done = g_new0 (gboolean, n);
  self.marks = sem_box_grid_new (&area, cell_width, cell_height, n * 2 + rules->n_obstacles);
  self.labels = sem_box_grid_new (&area, cell_width, cell_height, n * 4);
  for (gsize i = 0; i < n; i++)
    if (is_usable (&requests[i]))
      {
        double radius = requests[i].radius;
        SemBox mark = { requests[i].x - self.origin_x - radius,
                        requests[i].y - self.origin_y - radius, 2.0 * radius, 2.0 * radius };

        sem_box_grid_add (self.marks, &mark, i);
      }
  for (gsize i = 0; i < rules->n_obstacles; i++)
    {
      SemBox box = rules->obstacles[i];

      box.x -= self.origin_x;
      box.y -= self.origin_y;
      sem_box_grid_add (self.marks, &box, OBSTACLE_OWNER);
    }
  place_undisturbed (&self, &area, cell_width, cell_height);
  place_disturbed (&self);
  sem_box_grid_free (self.marks);
  sem_box_grid_free (self.labels);
  g_free (self.done);
}
