/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the pictures of two models share: panels with a title, each with the picture of one model or of their difference in
 * it.  Items and focus of a picture speak of the first model's units; a panel of the second translates.  Points, y down. */
#pragma once

#include "draw/layout.h"

G_BEGIN_DECLS

typedef struct
{
  SemLayout *layout; /* owned; NULL: the panel is left out */
  SemBox box;        /* of the layout; the title stands above it */
  char *title;       /* "A  Semblance English"; owned */
  char *about;       /* the line below the title; owned, NULL: none */
  gboolean is_second; /* its units are the second model's */
} SemPanel;

void sem_panel_clear (SemPanel *self);
/* Room that title and line take above the picture. */
double sem_panel_measure_title (SemTextContext *text);
/* Title and picture of n panels. */
void sem_panels_draw (const SemPanel *panels, gsize n, SemTextContext *text, const SemTheme *theme, cairo_t *cr);
void sem_panels_draw_overlay (const SemPanel *panels, gsize n, const SemComparison *comparison, const SemFocus *focus, cairo_t *cr);
/* The item under a place in one of the panels. */
void sem_panels_pick (const SemPanel *panels, gsize n, const SemComparison *comparison, double x, double y, SemItem *item);
/* The plot of the panel around a place. */
gboolean sem_panels_find_plot (const SemPanel *panels, gsize n, double x, double y, SemBox *box);
/* Where the first panel drew it. */
gboolean sem_panel_locate (const SemPanel *self, const SemItem *item, SemBox *box);

/* The first model's units whose marks the polygon holds, in any of the panels. */
void sem_panels_enclose (const SemPanel *panels,
                         gsize n,
                         const SemComparison *comparison,
                         const SemPoint *corners,
                         gsize n_corners,
                         GArray *units);

/* "A  Semblance English", "B  ...": how the pictures name the two. */
char *sem_pair_dup_title (const SemComparison *comparison, guint which);
/* Why the one cannot be subtracted from the other, a translated sentence; NULL when it can. */
const char *sem_pair_get_obstacle (const SemComparison *comparison);
/* A panel of two maps, for tests; borrowed. */
void sem_map_pair_get_panel (const SemLayout *layout, guint which, SemPanel *panel);
/* Such a sentence below the panels, and the room it takes. */
double sem_pair_measure_sentence (SemTextContext *text);
void sem_pair_draw_sentence (SemTextContext *text, const SemTheme *theme, const char *sentence, const SemBox *box, cairo_t *cr);

G_END_DECLS
