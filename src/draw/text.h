/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemTextContext: the one way pictures measure and draw text.  Wraps a PangoContext with hint metrics off and glyph
 * positions unrounded, so that screen, PNG, SVG and PDF break and place text alike.  Not shared between threads. */
#pragma once

#include "draw/color.h"

#include <pango/pangocairo.h>

G_BEGIN_DECLS

typedef struct _SemTextContext SemTextContext;

typedef enum
{
  SEM_FONT_BODY,       /* 13: labels, words.  One unit is one point of a figure and one logical pixel of the window */
  SEM_FONT_BODY_BOLD,  /* 13 */
  SEM_FONT_SMALL,      /* 10.5: numbers in cells, captions */
  SEM_FONT_MONO_SMALL, /* 10: ids */
  SEM_FONT_TITLE,      /* 13.5 bold: card titles */
} SemFontRole;
#define SEM_N_FONT_ROLES 5

/* family: NULL for the sans-serif of the system; scale: 1 or the system's text scaling. */
SemTextContext *sem_text_context_new (const char *family, double scale);
/* Has Pango look for the fonts in a thread of its own, so that the first text need not wait for them. */
void sem_text_context_prepare (SemTextContext *self);
SemTextContext *sem_text_context_ref (SemTextContext *self);
void sem_text_context_unref (SemTextContext *self);
double sem_text_context_get_scale (const SemTextContext *self);
double sem_text_context_get_size (const SemTextContext *self, SemFontRole role); /* the role's own, scaled */

/* Extents in points of one line of text in a role at size_pt (0: the role's own times the scale; a size given is taken as it is);
 * cached.  ascent is from the baseline up.  Text is UTF-8; line ends and invalid bytes are shown, never obeyed. */
typedef struct
{
  double width, height, ascent;
} SemTextSize;
void sem_text_measure (SemTextContext *self, SemFontRole role, double size_pt, const char *text, SemTextSize *out);
/* One line, each script in its own direction, with its left end (right end when align = 1, middle when 0.5) at x and its baseline at y. */
void sem_text_draw (SemTextContext *self,
                    cairo_t *cr,
                    SemFontRole role,
                    double size_pt,
                    const char *text,
                    double x,
                    double baseline_y,
                    double align,
                    SemRgba color);
/* The same with a halo of the given colour and width around the glyphs, for labels on a picture. */
void sem_text_draw_halo (SemTextContext *self,
                         cairo_t *cr,
                         SemFontRole role,
                         double size_pt,
                         const char *text,
                         double x,
                         double baseline_y,
                         double align,
                         SemRgba color,
                         SemRgba halo,
                         double halo_width);
/* text shortened with an ellipsis at a grapheme boundary so that it is at most width points; a copy.  The empty string when
 * not even the ellipsis fits. */
char *sem_text_dup_elided (SemTextContext *self, SemFontRole role, double size_pt, const char *text, double width);
/* A line of a longer text: bytes of it. */
typedef struct
{
  gsize start, length;
} SemTextLine;
/* text broken into at most max_lines lines of at most width points (of SemTextLine, owned).  Line ends in it are obeyed.  The
 * last line has all that is left of its paragraph: the caller shortens it; *complete is FALSE when anything is left over. */
GArray *sem_text_wrap (SemTextContext *self,
                       SemFontRole role,
                       double size_pt,
                       const char *text,
                       double width,
                       gsize max_lines,
                       gboolean *complete);
/* Where bytes start..end of one line of text stand: pairs of doubles (left, right) from its left end; several when directions mix. */
GArray *sem_text_locate (SemTextContext *self, SemFontRole role, double size_pt, const char *text, gsize start, gsize end);

/* Does the line read from right to left as a whole? */
gboolean sem_text_is_rtl (SemTextContext *self, SemFontRole role, double size_pt, const char *text);

/* Takes a sentence of the program's own: it reads from left to right as a whole also where the first word in it is one that does not. */
char *sem_text_take_sentence (SemTextContext *self, char *sentence);

/* A number for people, the same in every locale: fixed decimals, a true minus sign, no "-0". */
char *sem_text_dup_number (double value, int decimals);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemTextContext, sem_text_context_unref)

G_END_DECLS
