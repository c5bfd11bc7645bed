/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What view.c and view-input.c share. */
#pragma once

#include "app/views/view.h"

G_BEGIN_DECLS

typedef struct
{
  /* owned */
  SemDocument *document;
  SemLayout *layout;
  GskRenderNode *base; /* paints the cached image; the same node as long as nothing in it changes */
  GtkWidget *menu;     /* context menu, made when first asked for */

  /* plain state */
  int layout_width, layout_height, layout_scale;
  const SemTheme *theme;
  gboolean layout_stale, drawn;
  SemViewOptions options; /* the layout's, masked */
  double pointer_x, pointer_y; /* last motion, to ignore the repeats GTK sends after a relayout */
  gboolean has_pointer;
  SemViewport drag_start;
  gboolean dragging;
  double wheel_rest;

  /* a layout made only to measure */
  SemLayout *measured;
  int measured_width;
} SemViewPrivate;

SemViewPrivate *sem_view_get_private (SemView *self);
void sem_view_init_input (SemView *self);
void sem_view_invalidate (SemView *self);
void sem_view_update_description (SemView *self);

G_END_DECLS
