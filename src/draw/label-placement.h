/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Label placement: where the names of the points of a map go.  Pure geometry, in points, y down; knows no fonts.
 *
 * Rules, in this order:
 *   1. no label overlaps another label, a point other than its own, its own point, or an obstacle;
 *   2. a label whose default place (right of its point) collides with nothing is never moved;
 *   3. otherwise the more important label (priority, then lower index) chooses first: one of eight places that touch
 *      its point, then places further out that need a leader line;
 *   4. a label that finds no place is hidden.
 * The result depends on the requests alone, and moves with them: adding (dx, dy) to every point, obstacle and the bounds
 * adds (dx, dy) to every label, so that panning never makes a label jump.
 * Method: greedy over a uniform grid, after Projector's two-step grid and Scattertext's rule (labels and points). */
#pragma once

#include "draw/layout.h"

G_BEGIN_DECLS

typedef struct
{
  double x, y, radius;  /* the point's mark */
  double width, height; /* the label's box; a width of 0 means a point without a label */
  int priority;         /* larger first */
  double out_x, out_y;  /* a unit vector away from a crowd, for its leader line; 0, 0: any way is as good */
} SemLabelRequest;

typedef enum
{
  SEM_LABEL_HIDDEN,
  SEM_LABEL_AT_DEFAULT,
  SEM_LABEL_BESIDE, /* another of the eight places that touch the point */
  SEM_LABEL_LED,    /* further away: draw the leader line */
} SemLabelState;

typedef struct
{
  SemLabelState state;
  double x, y; /* top left of the label's box */
  double from_x, from_y, to_x, to_y; /* the leader line, from the point's rim to the box; when state is LED */
} SemLabelPlace;

typedef struct
{
  double gap;      /* from the point's rim to the label */
  double margin;   /* kept free between two labels */
  guint n_rings;   /* distances tried for leader lines: 0..6; 0 hides what does not fit beside its point */
  const SemBox *bounds;    /* labels stay inside; NULL: anywhere */
  const SemBox *obstacles; /* n_obstacles boxes no label may cover */
  gsize n_obstacles;
} SemLabelRules;

/* sem_labels_place: places n labels; out has n elements.
 * Cost: O(n) for a bounded density of points.  Requests with a coordinate that is not finite get no label. */
void sem_labels_place (const SemLabelRequest *requests,
                       gsize n,
                       const SemLabelRules *rules,
                       SemLabelPlace *out);

G_END_DECLS
