/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemTextContext: measuring and drawing single lines through Pango, with both kept for texts that
 * come again. */
#include "draw/text.h"

#include "draw/canvas.h"
#include "draw/text-stamp.h"

#include <math.h>
#include <string.h>

#define MAX_SIZES 32768  /* measurements kept; all are dropped when there are more */
#define MAX_LAYOUTS 1024 /* shaped lines kept, some kilobytes each */
#define MAX_SHAPED                                                                                 \
  4000 /* code points of one line that are shaped at most; no picture has room for more */
#define ELLIPSIS "…"

/* All text is shaped at this size, in points, and scaled: without hinted metrics a line is as wide
 * at any size as at this one, in proportion.  For every size of a font fontconfig sorts all fonts
 * there are, and Pango measures a sample: several milliseconds each, and a window has ten sizes. */
#define SHAPED_SIZE 12.0

typedef struct
{
  SemFontRole role;
  gint32 size; /* Pango units */
  char *text;
} Key;

typedef struct
{
  Key key; /* first: the entry is its own key */
  SemTextSize size;
  PangoLayout *layout; /* NULL when it was dropped */
  SemTextStamp stamp;
  gboolean is_rtl;
} Entry;

struct _SemTextContext
{
  gatomicrefcount ref_count;
  PangoContext *pango;
  double scale;
  PangoFontDescription *roles[SEM_N_FONT_ROLES];
  char *families[SEM_N_FONT_ROLES]; /* as resolved, for SVG; looked up when first needed */
  GHashTable *entries;              /* Entry -> itself */
  gsize n_layouts;
};

static const struct
{
  double size;
  gboolean is_bold, is_mono;
} role_info[SEM_N_FONT_ROLES] = {
  [SEM_FONT_BODY] = { 13.0, FALSE, FALSE },  [SEM_FONT_BODY_BOLD] = { 13.0, TRUE, FALSE },
  [SEM_FONT_SMALL] = { 10.5, FALSE, FALSE }, [SEM_FONT_MONO_SMALL] = { 10.0, FALSE, TRUE },
  [SEM_FONT_TITLE] = { 13.5, TRUE, FALSE },
};

static guint
hash_key (gconstpointer data)
{
  const Key *key = data;

  return g_str_hash (key->text) * 31u + (guint)key->size * 7u + (guint)key->role;
}

static gboolean
equal_keys (gconstpointer a, gconstpointer b)
{
  const Key *x = a, *y = b;

  return x->role == y->role && x->size == y->size && strcmp (x->text, y->text) == 0;
}

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  g_clear_object (&entry->layout);
  g_clear_pointer (&entry->stamp.mask, cairo_surface_destroy);
  g_free (entry->key.text);
  g_free (entry);
}

SemTextContext *
sem_text_context_new (const char *family, double scale)
{
  SemTextContext *self = g_new0 (SemTextContext, 1);
  cairo_font_options_t *options = cairo_font_options_create ();

  g_atomic_ref_count_init (&self->ref_count);
  self->scale = scale > 0.0 ? scale : 1.0;
  self->pango = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  /* Grey: sub-pixel colours depend on the screen and would be wrong in a file. */
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (self->pango, options);
  cairo_font_options_destroy (options);
  /* The font map's own resolution, not 72: sizes are absolute, so no glyph depends on it, and Pango
   * measures a font in a context with just that one - with another it would look every font up
   * twice, which was half of all font work. */
  pango_context_set_round_glyph_positions (self->pango, FALSE);
  /* Fixed, because the choice of fall-back fonts depends on it and the picture must not depend on
   * the locale. */
  pango_context_set_language (self->pango, pango_language_from_string ("en"));
  pango_context_set_base_dir (self->pango, PANGO_DIRECTION_LTR);
  for (int i = 0; i < SEM_N_FONT_ROLES; i++)
    {
      PangoFontDescription *font = pango_font_description_new ();

      pango_font_description_set_family (font, role_info[i].is_mono ? "Monospace"
                                                                    : (family ? family : "Sans"));
      pango_font_description_set_weight (font, role_info[i].is_bold ? PANGO_WEIGHT_BOLD
                                                                    : PANGO_WEIGHT_NORMAL);
      self->roles[i] = font;
    }
  self->entries = g_hash_table_new_full (hash_key, equal_keys, NULL, free_entry);
  return self;
}

void
sem_text_context_prepare (SemTextContext *self)
{
  for (int i = 0; i < SEM_N_FONT_ROLES; i++)
    {
      PangoFontDescription *font = pango_font_description_copy_static (self->roles[i]);
      PangoFontset *found;

      pango_font_description_set_absolute_size (font, SHAPED_SIZE * PANGO_SCALE);
      found = pango_context_load_fontset (self->pango, font,
                                          pango_context_get_language (self->pango));
      g_clear_object (&found);
      pango_font_description_free (font);
    }
}

SemTextContext *
sem_text_context_ref (SemTextContext *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sem_text_context_unref (SemTextContext *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_hash_table_unref (self->entries);
  for (int i = 0; i < SEM_N_FONT_ROLES; i++)
    {
      pango_font_description_free (self->roles[i]);
      g_free (self->families[i]);
    }
  g_object_unref (self->pango);
  g_free (self);
}

double
sem_text_context_get_scale (const SemTextContext *self)
{
  return self->scale;
}

double
sem_text_context_get_size (const SemTextContext *self, SemFontRole role)
{
  return role_info[role].size * self->scale;
}

static double
get_stretch (gint32 size)
{
  return (double)size / PANGO_SCALE / SHAPED_SIZE;
}

/* At SHAPED_SIZE. */
static PangoLayout *
shape (SemTextContext *self, SemFontRole role, const char *text)
{
  PangoLayout *layout = pango_layout_new (self->pango);
  PangoFontDescription *font = pango_font_description_copy_static (self->roles[role]);
  gsize length = strlen (text);

  if (length > MAX_SHAPED && g_utf8_strlen (text, (gssize)length) > MAX_SHAPED)
    length = (gsize)(g_utf8_offset_to_pointer (text, MAX_SHAPED) - text);
  pango_font_description_set_absolute_size (font, SHAPED_SIZE * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_auto_dir (layout, TRUE);
  pango_layout_set_text (layout, text, (int)length);
  return layout;
}

static void
measure_layout (PangoLayout *layout, gint32 size, SemTextSize *out)
{
  const double stretch = get_stretch (size);
  PangoRectangle logical;

  pango_layout_line_get_extents (pango_layout_get_line_readonly (layout, 0), NULL, &logical);
  out->width = (double)logical.width / PANGO_SCALE * stretch;
  out->height = (double)logical.height / PANGO_SCALE * stretch;
  out->ascent = (double)-logical.y / PANGO_SCALE * stretch;
}

static void
drop_layouts (SemTextContext *self)
{
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    {
      g_clear_object (&((Entry *)entry)->layout);
      g_clear_pointer (&((Entry *)entry)->stamp.mask, cairo_surface_destroy);
    }
  self->n_layouts = 0;
}

/* The entry of a text, shaped anew when there is none or, with need_layout, when its layout was
 * dropped. */
static Entry *
look_up (SemTextContext *self,
         SemFontRole role,
         double size_pt,
         const char *text,
         gboolean need_layout)
{
  double points = size_pt > 0.0 ? MIN (size_pt, 1000.0) : sem_text_context_get_size (self, role);
  Key key = { role, (gint32)(points * PANGO_SCALE + 0.5), (char *)text };
  g_autofree char *valid = NULL;
  Entry *entry = g_hash_table_lookup (self->entries, &key);

  if (entry != NULL && (entry->layout != NULL || !need_layout))
    return entry;
  if (entry == NULL && g_hash_table_size (self->entries) >= MAX_SIZES)
    {
      g_hash_table_remove_all (self->entries);
      self->n_layouts = 0;
    }
  if (self->n_layouts >= MAX_LAYOUTS)
    drop_layouts (self);
  if (entry == NULL)
    {
      entry = g_new0 (Entry, 1);
      entry->key = (Key){ role, key.size, g_strdup (text) };
      g_hash_table_add (self->entries, entry);
    }
  if (!g_utf8_validate (text, -1, NULL))
    text = valid = g_utf8_make_valid (text, -1);
  entry->layout = shape (self, role, text);
  entry->is_rtl = !g_str_is_ascii (text)
                  && pango_layout_get_direction (entry->layout, 0) == PANGO_DIRECTION_RTL;
  measure_layout (entry->layout, key.size, &entry->size);
  self->n_layouts++;
  return entry;
}

void
sem_text_measure (SemTextContext *self,
                  SemFontRole role,
                  double size_pt,
                  const char *text,
                  SemTextSize *out)
{
  *out = look_up (self, role, size_pt, text, FALSE)->size;
}

static const char *
get_family (SemTextContext *self, SemFontRole role)
{
  if (self->families[role] == NULL)
    {
      PangoFont *font = pango_context_load_font (self->pango, self->roles[role]);
      PangoFontDescription *found = font != NULL ? pango_font_describe (font) : NULL;

      self->families[role]
          = g_strdup (found != NULL ? pango_font_description_get_family (found) : "Sans");
      g_clear_pointer (&found, pango_font_description_free);
      g_clear_object (&font);
    }
  return self->families[role];
}

/* Glyph images sit on whole pixels in cairo before 1.18, which makes slanted lines dance: those are
 * filled as outlines. */
static gboolean
is_slanted (cairo_t *cr)
{
  cairo_matrix_t matrix;

  cairo_get_matrix (cr, &matrix);
  return fabs (matrix.xy) > 1e-9 || fabs (matrix.yx) > 1e-9;
}

/* Emoji have colours of their own, which an outline loses. */
static gboolean
has_color_glyphs (PangoLayoutLine *line)
{
  for (GSList *runs = line->runs; runs != NULL; runs = runs->next)
    {
      const PangoGlyphString *glyphs = ((PangoLayoutRun *)runs->data)->glyphs;

      for (int i = 0; i < glyphs->num_glyphs; i++)
        if (glyphs->glyphs[i].attr.is_color)
          return TRUE;
    }
  return FALSE;
}

static void
draw_line (cairo_t *cr,
           PangoLayoutLine *line,
           double stretch,
           SemTextStamp *stamp,
           const SemCanvasText *text)
{
  cairo_translate (cr, text->x, text->y);
  cairo_scale (cr, stretch, stretch);
  if (text->halo_width > 0.0)
    {
      cairo_move_to (cr, 0.0, 0.0);
      pango_cairo_layout_line_path (cr, line);
      sem_rgba_set_source (text->halo, cr);
      cairo_set_line_width (cr, text->halo_width * 2.0 / stretch);
      cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
      cairo_set_dash (cr, NULL, 0, 0);
      cairo_stroke (cr);
    }
  sem_rgba_set_source (text->color, cr);
  cairo_move_to (cr, 0.0, 0.0);
  if (is_slanted (cr) && !sem_canvas_is_vector (cr) && !has_color_glyphs (line))
    {
      if (sem_text_stamp_press (stamp, cr, line, 0.0, 0.0))
        return;
      pango_cairo_layout_line_path (cr, line);
      cairo_fill (cr);
    }
  else
    pango_cairo_show_layout_line (cr, line);
}

void
sem_text_draw_halo (SemTextContext *self,
                    cairo_t *cr,
                    SemFontRole role,
                    double size_pt,
                    const char *text,
                    double x,
                    double baseline_y,
                    double align,
                    SemRgba color,
                    SemRgba halo,
                    double halo_width)
{
  SemCanvasSink *sink = sem_canvas_get_sink (cr);
  Entry *entry;
  SemCanvasText line;

  if (text[0] == '\0')
    return;
  entry = look_up (self, role, size_pt, text, sink == NULL);
  line = (SemCanvasText){ .text = text,
                          .is_mono = role_info[role].is_mono,
                          .size = (double)entry->key.size / PANGO_SCALE,
                          .weight = role_info[role].is_bold ? 700 : 400,
                          .x = x - align * entry->size.width,
                          .y = baseline_y,
                          .width = entry->size.width,
                          .align = align,
                          .is_rtl = entry->is_rtl,
                          .color = color,
                          .halo = halo,
                          .halo_width = halo_width };
  if (sink != NULL)
    {
      line.family = get_family (self, role);
      sink->text (sink, cr, &line);
      return;
    }
  cairo_save (cr);
  cairo_new_path (cr);
  draw_line (cr, pango_layout_get_line_readonly (entry->layout, 0), get_stretch (entry->key.size),
             &entry->stamp, &line);
  cairo_restore (cr);
  cairo_new_path (cr);
}

void
sem_text_draw (SemTextContext *self,
               cairo_t *cr,
               SemFontRole role,
               double size_pt,
               const char *text,
               double x,
               double baseline_y,
               double align,
               SemRgba color)
{
  sem_text_draw_halo (self, cr, role, size_pt, text, x, baseline_y, align, color, color, 0.0);
}

/* The first n bytes of text and an ellipsis, blanks before it dropped. */
static char *
shorten (const char *text, gsize n)
{
  while (n > 0 && g_ascii_isspace (text[n - 1]))
    n--;
  return g_strdup_printf ("%.*s" ELLIPSIS, (int)n, text);
}

static double
measure_shortened (SemTextContext *self, SemFontRole role, gint32 size, const char *text, gsize n)
{
  g_autofree char *candidate = shorten (text, n);
  PangoLayout *layout = shape (self, role, candidate);
  SemTextSize extents;

  measure_layout (layout, size, &extents);
  g_object_unref (layout);
  return extents.width;
}

/* Bytes at which a cursor may stand, i.e. between graphemes, from 0 on. */
static GArray *
list_grapheme_ends (PangoLayout *layout)
{
  GArray *ends = g_array_new (FALSE, FALSE, sizeof (gsize));
  int n_attrs;
  const PangoLogAttr *attrs = pango_layout_get_log_attrs_readonly (layout, &n_attrs);
  const char *text = pango_layout_get_text (layout), *p = text;

  for (int i = 0; i < n_attrs; i++)
    {
      gsize at = (gsize)(p - text);

      if (attrs[i].is_cursor_position)
        g_array_append_val (ends, at);
      if (*p != '\0')
        p = g_utf8_next_char (p);
    }
  return ends;
}

char *
sem_text_dup_elided (SemTextContext *self,
                     SemFontRole role,
                     double size_pt,
                     const char *text,
                     double width)
{
  Entry *entry = look_up (self, role, size_pt, text, FALSE);
  g_autoptr (GArray) ends = NULL;
  g_autofree char *valid = NULL;
  gsize low = 0, high, probe, stride = 1;
  gint32 size;

  if (entry->size.width <= width && strlen (text) <= MAX_SHAPED)
    return g_utf8_make_valid (text, -1);
  entry = look_up (self, role, size_pt, text, TRUE);
  size = entry->key.size;
  valid = g_strdup (pango_layout_get_text (entry->layout));
  if (measure_shortened (self, role, size, valid, 0) > width)
    return g_strdup ("");
  ends = list_grapheme_ends (entry->layout);
  /* Invariant: low fits, high does not.  The first guess is in proportion, which is nearly always
   * within one or two. */
  high = MAX (ends->len, 1) - 1;
  probe = (gsize)((double)high * CLAMP (width / MAX (entry->size.width, 1e-9), 0.0, 1.0));
  while (low + 1 < high)
    {
      probe = CLAMP (probe, low + 1, high - 1);
      if (measure_shortened (self, role, size, valid, g_array_index (ends, gsize, probe)) <= width)
        {
          low = probe;
          probe = probe + stride;
        }
      else
        {
          high = probe;
          probe -= MIN (probe, stride);
        }
      stride *= 2;
      if (stride > high - low)
        probe = (low + high) / 2;
    }
  return shorten (valid, low < ends->len ? g_array_index (ends, gsize, low) : 0);
}

GArray *
sem_text_wrap (SemTextContext *self,
               SemFontRole role,
               double size_pt,
               const char *text,
               double width,
               gsize max_lines,
               gboolean *complete)
{
  double points = size_pt > 0.0 ? size_pt : sem_text_context_get_size (self, role);
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (SemTextLine));
  g_autoptr (PangoLayout) layout = shape (self, role, text);
  gsize shaped = strlen (pango_layout_get_text (layout)), n;

  pango_layout_set_single_paragraph_mode (layout, FALSE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout,
                          (int)(CLAMP (width / points * SHAPED_SIZE, 1.0, 1e5) * PANGO_SCALE));
  n = (gsize)pango_layout_get_line_count (layout);
  for (gsize i = 0; i < n && i < max_lines; i++)
    {
      PangoLayoutLine *found = pango_layout_get_line_readonly (layout, (int)i);
      SemTextLine line = { (gsize)found->start_index, (gsize)found->length };

      if (i + 1 == max_lines)
        line.length = strcspn (text + line.start, "\r\n");
      g_array_append_val (lines, line);
    }
  *complete = n <= max_lines && text[shaped] == '\0';
  return lines;
}

GArray *
sem_text_locate (SemTextContext *self,
                 SemFontRole role,
                 double size_pt,
                 const char *text,
                 gsize start,
                 gsize end)
{
  Entry *entry = look_up (self, role, size_pt, text, TRUE);
  GArray *found = g_array_new (FALSE, FALSE, 2 * sizeof (double));
  const double stretch = get_stretch (entry->key.size) / PANGO_SCALE;
  int *ranges = NULL, n = 0;

  pango_layout_line_get_x_ranges (pango_layout_get_line_readonly (entry->layout, 0),
                                  (int)MIN (start, G_MAXINT), (int)MIN (end, G_MAXINT), &ranges,
                                  &n);
  for (int i = 0; i < n; i++)
    {
      double pair[2] = { ranges[2 * i] * stretch, ranges[2 * i + 1] * stretch };

      g_array_append_vals (found, pair, 1);
    }
  g_free (ranges);
  return found;
}

gboolean
sem_text_is_rtl (SemTextContext *self, SemFontRole role, double size_pt, const char *text)
{
  return look_up (self, role, size_pt, text, FALSE)->is_rtl;
}

char *
sem_text_take_sentence (SemTextContext *self, char *sentence)
{
  char *marked;

  if (!sem_text_is_rtl (self, SEM_FONT_BODY, 0.0, sentence))
    return sentence;
  marked = g_strconcat ("\u200e", sentence, NULL);
  g_free (sentence);
  return marked;
}

char *
sem_text_dup_number (double value, int decimals)
{
  char format[] = "%.0f", buffer[G_ASCII_DTOSTR_BUF_SIZE];

  format[2] = (char)('0' + CLAMP (decimals, 0, 9));
  if (!isfinite (value))
    return g_strdup ("?");
  /* The buffer holds any double printed by %.17g; beyond that size fixed decimals say nothing. */
  if (fabs (value) >= 1e9)
    g_ascii_formatd (buffer, sizeof buffer, "%.4g", fabs (value));
  else
    g_ascii_formatd (buffer, sizeof buffer, format, fabs (value));
  if (value < 0.0 && strpbrk (buffer, "123456789") != NULL)
    return g_strconcat ("−", buffer, NULL);
  return g_strdup (buffer);
}
