/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemView: the base of every picture on screen.  It keeps a layout and a cached image of the base picture, draws the
 * overlay (hover, selection) apart from it, and does pointer, keys, zoom, tooltips, context menu and accessibility once.
 * A subclass says how its layout is made, what makes it out of date, and which viewport it zooms.
 *
 * Keys: arrows move the hover from mark to mark (Shift chooses on the way, Ctrl pans), Space selects (Ctrl adds, Shift extends),
 * B begins a rubber band that arrows draw and Space ends, Escape clears, +, - and 0 zoom, Menu or Shift+F10 opens the context menu.  Coordinates are widget pixels, which are points of the layout. */
#pragma once

#include "doc/document.h"
#include "draw/layout.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SEM_TYPE_VIEW (sem_view_get_type ())
G_DECLARE_DERIVABLE_TYPE (SemView, sem_view, SEM, VIEW, GtkWidget)

struct _SemViewClass
{
  GtkWidgetClass parent_class;

  SemLayout *(*make_layout) (SemView *self, const SemLayoutInput *input, const SemFocus *focus);
  /* The viewport that +, -, wheel and drag change; NULL vfuncs for a picture that does not zoom. */
  const SemViewport *(*get_viewport) (SemView *self);
  void (*set_viewport) (SemView *self, const SemViewport *viewport);

  /* For a picture that can be turned: drags and Alt with arrows do.  Degrees to the right and up; 0, 0: back to the front.
   * FALSE when there is nothing to turn now; both NAN only ask. */
  gboolean (*turn) (SemView *self, double across, double up);

  /* Sets what this picture does not read to a constant, so that a change of it alone does not redraw it. */
  void (*mask_options) (SemViewOptions *options);

  /* For a picture whose items are its own and no one else's (steps): with choose, the pointer does not set the document's hover,
   * a click goes here, and there is no context menu.  press_key: TRUE when it took the key. */
  void (*choose) (SemView *self, const SemItem *item);
  gboolean (*press_key) (SemView *self, guint keyval);
  /* A sentence about the content, or about item when it is not NULL; NULL vfunc: the document's. */
  char *(*dup_description) (SemView *self, const SemItem *item);

  /* What the picture says besides when two models are compared in it. */
  char *(*dup_comparison) (SemView *self, SemComparison *comparison);

  guint invalidated_by;   /* SemChanged flags that make the layout out of date */
  gboolean fits_content;  /* as tall as its content at the width it gets; else it takes the space there is */
};

void sem_view_set_document (SemView *self, SemDocument *document);
SemDocument *sem_view_get_document (SemView *self);
/* The current layout, made when there is none; NULL before the widget has a size or a document. */
SemLayout *sem_view_get_layout (SemView *self);
/* Has the picture of the newest analysis been drawn?  For the first-picture trace. */
gboolean sem_view_is_drawn (SemView *self);

/* The comparison that the picture shows: the document's, when this view shows two models ("compares"); NULL otherwise. */
SemComparison *sem_view_get_comparison (SemView *self);

G_END_DECLS
