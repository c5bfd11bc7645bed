/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What view.c and view-input.c share. */
#pragma once

#include "app/views/view.h"

G_BEGIN_DECLS

typedef struct _SemBand SemBand;
typedef struct _SemPainter SemPainter;

typedef struct
{
  /* owned */
  SemDocument *document;
  SemLayout *layout;
  GskRenderNode *base; /* paints the cached image; the same node as long as nothing in it changes */
  SemPainter *painter; /* its images */
  GtkWidget *menu;     /* context menu, made when first asked for */

  /* plain state */
  int layout_width, layout_height, layout_scale;
  const SemTheme *theme;
  gboolean layout_stale, drawn;
  gboolean has_change; /* the layout differs from the last one painted in a known box alone */
  SemBox change;
  gboolean compares; /* shows the other model too, where it has a picture for that */
  SemViewOptions options; /* the layout's, masked */
  double pointer_x, pointer_y; /* last motion, to ignore the repeats GTK sends after a relayout */
  gboolean has_pointer;
  SemViewport drag_start;      /* the viewport when a drag or a pinch began */
  double pinch_x, pinch_y;     /* the middle of the fingers when the pinch began */
  gboolean panning;            /* the drag moves or turns the picture */
  double turned_x, turned_y;   /* how far a drag that turns it has come */
  gboolean dragged;            /* the press became a drag: its release chooses nothing */
  double speed_x, speed_y;     /* points per second the picture still moves at */
  guint glide_id;              /* moves it on */
  gint64 glide_time;
  SemBand *band;               /* a rubber band or lasso being drawn, or NULL */
  SemItem anchor;              /* where Shift and arrows began, in a picture of pairs */

  /* a layout made only to measure */
  SemLayout *measured;
  int measured_width;
} SemViewPrivate;

SemViewPrivate *sem_view_get_private (SemView *self);
void sem_view_init_input (SemView *self);

/* view-image.c: base pictures as images. */
SemPainter *sem_painter_new (void);
void sem_painter_free (SemPainter *self);
/* Forgets what is only kept to be painted over. */
void sem_painter_drop_spare (SemPainter *self);
/* A node that paints the layout.  change: all that differs from the layout painted last, or NULL when that is not known. */
GskRenderNode *sem_painter_paint (SemPainter *self, const SemLayout *layout, const SemBox *change, int width, int height, int scale);

/* view-zoom.c: wheel, pinch, drag that pans and glides on, and the keys for it. */
gboolean sem_view_can_zoom (SemView *self);
void sem_view_init_zoom (SemView *self, GtkGesture *drag);
gboolean sem_view_can_turn (SemView *self);
gboolean sem_view_zoom_key (SemView *self, guint keyval, GdkModifierType state);
void sem_view_reset_zoom (SemView *self);
void sem_view_pan (SemView *self, const SemViewport *from, double dx, double dy);
/* Moves the window, if it must, so that an item is in it. */
void sem_view_reveal (SemView *self, const SemItem *item);
void sem_view_stop_glide (SemView *self);

/* view-band.c: choosing several marks at once. */
void sem_view_init_band (SemView *self, GtkGesture *drag);
gboolean sem_view_begin_band_at_item (SemView *self, const SemItem *item);
void sem_view_move_band_to_item (SemView *self, const SemItem *item);
/* Chooses what the band holds, in addition to what was chosen or instead of it, and ends it. */
void sem_view_finish_band (SemView *self, gboolean add);
void sem_view_cancel_band (SemView *self);
void sem_view_snapshot_band (SemView *self, GtkSnapshot *snapshot);
/* Shift and an arrow: a block of cells grows from its anchor, other marks are added one by one. */
void sem_view_extend (SemView *self, const SemItem *from, const SemItem *to);
void sem_view_invalidate (SemView *self);
void sem_view_update_description (SemView *self);

G_END_DECLS
