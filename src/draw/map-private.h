/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The marks of a map, shared by its files.
 *
 * Three systems of points (y down): the *frame*, in which the whole map fits the plot at zoom 1; the *world*, which is the
 * frame times the zoom and in which labels are placed, so that panning moves them all alike; and the picture. */
#pragma once

#include "draw/dots.h"
#include "draw/label-placement.h"
#include "draw/map-data.h"

G_BEGIN_DECLS

#define SEM_MAP_RADIUS 4.0

typedef struct
{
  gsize unit;          /* the first of the units it stands for */
  double x, y, radius; /* world, as drawn: petals of coincident points are moved by a few points */
  double depth;        /* -1 far .. 1 near; 0 in a flat map */
  guint32 count;       /* units it stands for */
  gboolean is_crowd;   /* many different names at one place, under the first's */
  gsize group;         /* index of its group, or G_MAXSIZE */
  char *label;         /* elided, with its count */
  double label_width, label_height, label_ascent;
} SemMapPoint;

/* Points that lie on one another, drawn as petals around the place they share, or as one disc when they are many. */
typedef struct
{
  double x, y; /* world: the true place */
  double radius; /* of the ring around them */
} SemMapGroup;

/* A word of the vocabulary behind the points. */
typedef struct
{
  double x, y;       /* world */
  gboolean is_shown; /* in the frame, and under no unit's mark or label */
  char *label;       /* elided */
  double width, height, ascent;
  SemLabelPlace place; /* of the label, world */
} SemMapNearby;

/* Everything that depends on data, size and zoom but not on the pan; shared by the layouts of a pan. */
typedef struct
{
  gatomicrefcount ref_count;
  GArray *points;        /* SemMapPoint */
  GArray *groups;        /* SemMapGroup */
  GArray *nearby;        /* SemMapNearby, by the data's background */
  gsize *point_of;       /* unit -> point */
  SemLabelPlace *places; /* of the points' labels, world */
  double zoom, width, height, text_scale;
  gsize component_x, component_y;
  gboolean dim;
  gboolean has_depth;
  double yaw, pitch;
  gboolean is_moving; /* between two pictures: not to be taken over by another */
  SemTextContext *text;
} SemMapMarks;

typedef struct
{
  SemLayout base;
  SemMapData *data;
  SemMapMarks *marks;
  SemDots *dots; /* the stamps of many points, handed on; NULL without device pixels */
  SemTextContext *text;
  const SemTheme *theme;
  const SemColorMap *map;
  double scale;
  gsize component_x, component_y;
  SemColorBy color_by;
  gsize reference;   /* the unit of SEM_COLOR_BY_COSINE, or G_MAXSIZE */
  gboolean dim;      /* function words are fainter */
  gboolean fade;     /* so are points that the plane misplaces */
  const double *kept; /* by unit, borrowed of data; NULL: nothing is faded */
  gboolean has_depth; /* component_z is depth, and all is turned */
  gsize component_z;
  double yaw, pitch;  /* radians */
  double turn[3][3];  /* rows: right, up and towards the reader, of the components x, y, z */
  double reach;       /* the farthest point from the mean in the three components; with depth */
  SemBox plot;
  double points_per_unit;  /* of the frame */
  double origin_x, origin_y; /* where the mean (0, 0) is in the frame */
  double zoom, shift_x, shift_y; /* picture = world + shift */
  double label_size;
} SemMap;

/* map-depth.c: the third component. */
void sem_map_set_depth (SemMap *self, const SemViewOptions *options);
/* A unit's coordinates in the turned map: right, up, towards the reader. */
void sem_map_turn (const SemMap *self, const SemMatrix *coordinates, gsize row, double out[3]);
/* The three axes from the mean, each with its name at its end. */
void sem_map_draw_arms (const SemMap *self, cairo_t *cr);
/* The order points are drawn in, the far ones first; NULL: as they are. */
guint *sem_map_dup_depth_order (const SemMap *self);
/* map-layout.c */
void sem_map_arrange (SemMap *self, const SemLayoutInput *input);
SemMapMarks *sem_map_marks_ref (SemMapMarks *self);
void sem_map_marks_unref (SemMapMarks *self);
/* map-marks.c: makes the marks of a plot of this size; the frame is set in self.  like: of the same data and text, whose labels
 * need not be measured again, or NULL. */
SemMapMarks *sem_map_marks_new (const SemMap *self, const SemMapMarks *like);
/* A copy of an array of SemMapPoint, without their groups. */
GArray *sem_map_points_copy (const GArray *points);
/* Coordinates of the chosen components to the frame. */
void sem_map_to_frame (const SemMap *self, const SemMatrix *coordinates, gsize row, double *x, double *y);
/* The point of a unit, or NULL; its place in the picture. */
const SemMapPoint *sem_map_get_point (const SemMap *self, gsize unit, double *x, double *y);
gboolean sem_map_is_dim (const SemMap *self, gsize unit);
SemRgba sem_map_get_color (const SemMap *self, gsize unit);
/* Hides the axis under a label. */
void sem_map_draw_patch (const SemMap *self, const SemBox *box, cairo_t *cr);
gboolean sem_map_is_in_view (const SemMap *self, double x, double y, double margin);
/* map-points.c */
void sem_map_draw_points (const SemMap *self, cairo_t *cr);
/* The path of a point's mark, grown by so much. */
void sem_map_add_mark (const SemMap *self, const SemMapPoint *point, double grow, cairo_t *cr);
/* The box of a point's label in the picture; FALSE when it is hidden. */
gboolean sem_map_get_label_box (const SemMap *self, gsize point, SemBox *box);
/* map-footer.c: scree strip and summary below the plot, legend above it. */
char *sem_map_dup_component_title (const SemMap *self, gsize component);
char *sem_map_dup_axis_title (const SemMap *self, guint axis);
void sem_map_draw_footer (const SemMap *self, cairo_t *cr);
gboolean sem_map_get_scree_box (const SemMap *self, gsize component, SemBox *box);
gsize sem_map_find_scree (const SemMap *self, double x, double y); /* a component or G_MAXSIZE */
double sem_map_get_legend_height (const SemMap *self);
void sem_map_draw_legend (const SemMap *self, cairo_t *cr);
/* map-nearby.c: the words of the vocabulary; the units' labels have been placed. */
void sem_map_place_nearby (const SemMap *self, SemMapMarks *marks);
void sem_map_draw_nearby (const SemMap *self, cairo_t *cr);
void sem_map_draw_nearby_overlay (const SemMap *self, gsize index, cairo_t *cr);
gsize sem_map_find_nearby (const SemMap *self, double x, double y); /* an index or G_MAXSIZE */
gboolean sem_map_get_nearby_box (const SemMap *self, gsize index, SemBox *box);
/* map-overlay.c, map-pick.c */
void sem_map_draw_overlay (const SemLayout *layout, const SemFocus *focus, cairo_t *cr);
void sem_map_pick (const SemLayout *layout, double x, double y, SemItem *item);
gboolean sem_map_locate (const SemLayout *layout, const SemItem *item, SemBox *box);
void sem_map_step (const SemLayout *layout, const SemItem *from, int dx, int dy, SemItem *to);
void sem_map_enclose (const SemLayout *layout, const SemPoint *corners, gsize n, GArray *units);
gboolean sem_map_place (const SemLayout *layout, const SemItem *item, double *u, double *v);

G_END_DECLS
