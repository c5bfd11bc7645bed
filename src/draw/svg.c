/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SVG writer: one element for each fill, stroke, image and line of text. */
#include "draw/svg.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

typedef struct
{
  double x0, y0, x1, y1;
} Bounds;

struct _SemSvg
{
  SemCanvasSink sink; /* first: the sink is the writer */
  cairo_surface_t *surface;
  cairo_t *cr;
  Bounds page;
  GString *body, *defs;
  char *title;
  Bounds clip; /* of the group that is open */
  gboolean in_clip;
  guint n_clips, n_gradients;
};

/* Two decimals, no trailing zeros, no locale: a hundredth of a point is below what any printer
 * shows. */
static void
append_number (GString *out, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  gsize length;

  if (!isfinite (value))
    value = 0.0;
  g_ascii_formatd (buffer, sizeof buffer, "%.2f", CLAMP (value, -1e7, 1e7));
  length = strlen (buffer);
  while (length > 0 && buffer[length - 1] == '0')
    length--;
  if (length > 0 && buffer[length - 1] == '.')
    length--;
  buffer[length] = '\0';
  g_string_append (out, strcmp (buffer, "-0") == 0 ? "0" : buffer);
}

static void
append_attribute (GString *out, const char *name, double value)
{
  g_string_append_printf (out, " %s=\"", name);
  append_number (out, value);
  g_string_append_c (out, '"');
}

static guint
to_byte (double c)
{
  return (guint)(CLAMP (c, 0.0, 1.0) * 255.0 + 0.5);
}

/* name="#rrggbb", with name-opacity (or the one given) when it is not opaque. */
static void
append_color (GString *out, const char *name, const char *opacity, SemRgba color)
{
  g_string_append_printf (out, " %s=\"#%02x%02x%02x\"", name, to_byte (color.r), to_byte (color.g),
                          to_byte (color.b));
  if (color.a < 1.0 - 1e-6)
    append_attribute (out, opacity, color.a);
}

/* Text for XML 1.0: what that cannot hold at all becomes U+FFFD. */
static void
append_escaped (GString *out, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '&')
        g_string_append (out, "&amp;");
      else if (c == '<')
        g_string_append (out, "&lt;");
      else if (c == '>')
        g_string_append (out, "&gt;");
      else if (c == '"')
        g_string_append (out, "&quot;");
      else if (c == '\'')
        g_string_append (out, "&#39;");
      else if (c == '\t' || c == '\n' || c == '\r')
        g_string_append_c (out, ' ');
      else if (c < 0x20 || c == 0xfffe || c == 0xffff)
        g_string_append_unichar (out, 0xfffd);
      else
        g_string_append_unichar (out, c);
    }
}

/* A box of user space as its bounds on the page. */
static Bounds
get_page_bounds (cairo_t *cr, double x0, double y0, double x1, double y1)
{
  double corners[4][2] = { { x0, y0 }, { x1, y0 }, { x1, y1 }, { x0, y1 } };
  Bounds bounds = { G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE };

  for (int i = 0; i < 4; i++)
    {
      cairo_user_to_device (cr, &corners[i][0], &corners[i][1]);
      bounds.x0 = MIN (bounds.x0, corners[i][0]);
      bounds.y0 = MIN (bounds.y0, corners[i][1]);
      bounds.x1 = MAX (bounds.x1, corners[i][0]);
      bounds.y1 = MAX (bounds.y1, corners[i][1]);
    }
  return bounds;
}

static Bounds
get_clip (cairo_t *cr)
{
  double x0, y0, x1, y1;

  cairo_clip_extents (cr, &x0, &y0, &x1, &y1);
  return get_page_bounds (cr, x0, y0, x1, y1);
}

static void
close_clip (SemSvg *self)
{
  if (self->in_clip)
    g_string_append (self->body, "</g>\n");
  self->in_clip = FALSE;
}

/* Opens, keeps or closes the clipping group for what covers bounds; FALSE: nothing of it would be
 * seen. */
static gboolean
enter_clip (SemSvg *self, cairo_t *cr, Bounds bounds)
{
  const double slack = 0.01;
  Bounds clip = get_clip (cr);

  if (bounds.x1 < clip.x0 || bounds.x0 > clip.x1 || bounds.y1 < clip.y0 || bounds.y0 > clip.y1)
    return FALSE;
  /* A clip that is the page itself is made by the page. */
  if ((clip.x0 <= slack && clip.y0 <= slack && clip.x1 >= self->page.x1 - slack
       && clip.y1 >= self->page.y1 - slack)
      || (bounds.x0 >= clip.x0 - slack && bounds.x1 <= clip.x1 + slack
          && bounds.y0 >= clip.y0 - slack && bounds.y1 <= clip.y1 + slack))
    {
      close_clip (self);
      return TRUE;
    }
  if (self->in_clip && memcmp (&clip, &self->clip, sizeof clip) == 0)
    return TRUE;
  close_clip (self);
  g_string_append_printf (self->defs, "<clipPath id=\"clip%u\"><rect", ++self->n_clips);
  append_attribute (self->defs, "x", clip.x0);
  append_attribute (self->defs, "y", clip.y0);
  append_attribute (self->defs, "width", clip.x1 - clip.x0);
  append_attribute (self->defs, "height", clip.y1 - clip.y0);
  g_string_append (self->defs, "/></clipPath>\n");
  g_string_append_printf (self->body, "<g clip-path=\"url(#clip%u)\">\n", self->n_clips);
  self->clip = clip;
  self->in_clip = TRUE;
  return TRUE;
}

static void
append_point (GString *out, cairo_t *cr, double x, double y)
{
  cairo_user_to_device (cr, &x, &y);
  append_number (out, x);
  g_string_append_c (out, ' ');
  append_number (out, y);
}

/* The current path in page coordinates as " d=...". */
static void
append_path (GString *out, cairo_t *cr)
{
  cairo_path_t *path = cairo_copy_path (cr);

  g_string_append (out, " d=\"");
  for (int i = 0; i < path->num_data; i += path->data[i].header.length)
    {
      const cairo_path_data_t *data = &path->data[i];
      int n_points = data->header.length - 1;

      /* cairo ends every closed figure with a move to its start; alone at the end it draws nothing.
       */
      if (data->header.type == CAIRO_PATH_MOVE_TO && i + data->header.length >= path->num_data)
        break;
      g_string_append_c (out, "MLCZ"[data->header.type]);
      for (int k = 1; k <= n_points; k++)
        {
          if (k > 1)
            g_string_append_c (out, ' ');
          append_point (out, cr, data[k].point.x, data[k].point.y);
        }
    }
  g_string_append_c (out, '"');
  cairo_path_destroy (path);
}

/* A linear gradient in page coordinates; gives its number. */
static guint
add_gradient (SemSvg *self, cairo_t *cr, cairo_pattern_t *pattern)
{
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  int n_stops = 0;

  cairo_pattern_get_linear_points (pattern, &x0, &y0, &x1, &y1);
  cairo_pattern_get_color_stop_count (pattern, &n_stops);
  cairo_user_to_device (cr, &x0, &y0);
  cairo_user_to_device (cr, &x1, &y1);
  g_string_append_printf (self->defs,
                          "<linearGradient id=\"gradient%u\" gradientUnits=\"userSpaceOnUse\"",
                          ++self->n_gradients);
  append_attribute (self->defs, "x1", x0);
  append_attribute (self->defs, "y1", y0);
  append_attribute (self->defs, "x2", x1);
  append_attribute (self->defs, "y2", y1);
  g_string_append (self->defs, ">\n");
  for (int i = 0; i < n_stops; i++)
    {
      double offset = 0;
      SemRgba color = { 0, 0, 0, 1 };
      char buffer[G_ASCII_DTOSTR_BUF_SIZE];

      cairo_pattern_get_color_stop_rgba (pattern, i, &offset, &color.r, &color.g, &color.b,
                                         &color.a);
      g_string_append (self->defs, "<stop");
      /* Four decimals: a bar of hundreds of stops needs them. */
      g_string_append_printf (self->defs, " offset=\"%s\"",
                              g_ascii_formatd (buffer, sizeof buffer, "%.4f", offset));
      append_color (self->defs, "stop-color", "stop-opacity", color);
      g_string_append (self->defs, "/>\n");
    }
  g_string_append (self->defs, "</linearGradient>\n");
  return self->n_gradients;
}

/* fill or stroke = the source of cr. */
static void
append_source (SemSvg *self, cairo_t *cr, const char *name, const char *opacity)
{
  cairo_pattern_t *pattern = cairo_get_source (cr);
  SemRgba color = { 0, 0, 0, 1 };

  if (cairo_pattern_get_type (pattern) == CAIRO_PATTERN_TYPE_LINEAR)
    {
      g_string_append_printf (self->body, " %s=\"url(#gradient%u)\"", name,
                              add_gradient (self, cr, pattern));
      return;
    }
  if (cairo_pattern_get_rgba (pattern, &color.r, &color.g, &color.b, &color.a)
      != CAIRO_STATUS_SUCCESS)
    g_warning ("svg: a source that is neither a colour nor a linear gradient");
  append_color (self->body, name, opacity, color);
}

static void
write_fill (SemCanvasSink *sink, cairo_t *cr)
{
  SemSvg *self = (SemSvg *)sink;
  double x0, y0, x1, y1;

  cairo_path_extents (cr, &x0, &y0, &x1, &y1);
  if (!(x1 > x0) || !(y1 > y0) || !enter_clip (self, cr, get_page_bounds (cr, x0, y0, x1, y1)))
    return;
  g_string_append (self->body, "<path");
  append_path (self->body, cr);
  append_source (self, cr, "fill", "fill-opacity");
  if (cairo_get_fill_rule (cr) == CAIRO_FILL_RULE_EVEN_ODD)
    g_string_append (self->body, " fill-rule=\"evenodd\"");
  g_string_append (self->body, "/>\n");
}

static double
get_magnification (cairo_t *cr)
{
  cairo_matrix_t m;

  cairo_get_matrix (cr, &m);
  return sqrt (fabs (m.xx * m.yy - m.xy * m.yx));
}

static void
append_line_style (GString *out, cairo_t *cr)
{
  static const char *const caps[] = { "butt", "round", "square" };
  static const char *const joins[] = { "miter", "round", "bevel" };
  double by = get_magnification (cr), dashes[8], offset;
  int n_dashes = cairo_get_dash_count (cr);

  append_attribute (out, "stroke-width", cairo_get_line_width (cr) * by);
  if (cairo_get_line_cap (cr) != CAIRO_LINE_CAP_BUTT)
    g_string_append_printf (out, " stroke-linecap=\"%s\"", caps[cairo_get_line_cap (cr)]);
  if (cairo_get_line_join (cr) != CAIRO_LINE_JOIN_MITER)
    g_string_append_printf (out, " stroke-linejoin=\"%s\"", joins[cairo_get_line_join (cr)]);
  if (n_dashes == 0 || n_dashes > (int)G_N_ELEMENTS (dashes))
    return;
  cairo_get_dash (cr, dashes, &offset);
  g_string_append (out, " stroke-dasharray=\"");
  for (int i = 0; i < n_dashes; i++)
    {
      if (i > 0)
        g_string_append_c (out, ' ');
      append_number (out, dashes[i] * by);
    }
  g_string_append_c (out, '"');
  if (offset > 0.0)
    append_attribute (out, "stroke-dashoffset", offset * by);
}

static void
write_stroke (SemCanvasSink *sink, cairo_t *cr)
{
  SemSvg *self = (SemSvg *)sink;
  double x0, y0, x1, y1, half = cairo_get_line_width (cr) / 2.0;

  /* Of the path, not of the stroke: cairo's bounds of dashed and joined strokes differ between its
   * versions. */
  cairo_path_extents (cr, &x0, &y0, &x1, &y1);
  if (!cairo_has_current_point (cr)
      || !enter_clip (self, cr, get_page_bounds (cr, x0 - half, y0 - half, x1 + half, y1 + half)))
    return;
  g_string_append (self->body, "<path");
  append_path (self->body, cr);
  g_string_append (self->body, " fill=\"none\"");
  append_source (self, cr, "stroke", "stroke-opacity");
  append_line_style (self->body, cr);
  g_string_append (self->body, "/>\n");
}

static cairo_status_t
append_png (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* " transform=..." for what is drawn with x and y of its own; nothing for a plain shift, which *x
 * and *y then include. */
static void
append_transform (GString *out, cairo_t *cr, double *x, double *y)
{
  cairo_matrix_t m;
  const double *values[] = { &m.xx, &m.yx, &m.xy, &m.yy, NULL };

  cairo_get_matrix (cr, &m);
  cairo_user_to_device (cr, x, y);
  if (fabs (m.xx - 1.0) < 1e-9 && fabs (m.yy - 1.0) < 1e-9 && fabs (m.xy) < 1e-9
      && fabs (m.yx) < 1e-9)
    return;
  g_string_append (out, " transform=\"matrix(");
  for (int i = 0; values[i] != NULL; i++)
    {
      char buffer[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append (out, g_ascii_formatd (buffer, sizeof buffer, "%.5f", *values[i]));
      g_string_append_c (out, ' ');
    }
  append_number (out, *x);
  g_string_append_c (out, ' ');
  append_number (out, *y);
  g_string_append (out, ")\"");
  *x = *y = 0.0;
}

static void
write_image (SemCanvasSink *sink,
             cairo_t *cr,
             cairo_surface_t *image,
             double x,
             double y,
             double width,
             double height,
             gboolean smooth)
{
  SemSvg *self = (SemSvg *)sink;
  g_autoptr (GByteArray) png = g_byte_array_new ();
  g_autofree char *encoded = NULL;

  if (!enter_clip (self, cr, get_page_bounds (cr, x, y, x + width, y + height)))
    return;
  if (cairo_surface_write_to_png_stream (image, append_png, png) != CAIRO_STATUS_SUCCESS)
    return;
  encoded = g_base64_encode (png->data, png->len);
  g_string_append (self->body, "<image");
  append_transform (self->body, cr, &x, &y);
  append_attribute (self->body, "x", x);
  append_attribute (self->body, "y", y);
  append_attribute (self->body, "width", width);
  append_attribute (self->body, "height", height);
  g_string_append (self->body, " preserveAspectRatio=\"none\"");
  if (!smooth)
    g_string_append (self->body,
                     " style=\"image-rendering:optimizeSpeed;image-rendering:pixelated\"");
  g_string_append_printf (self->body, " xlink:href=\"data:image/png;base64,%s\"/>\n", encoded);
}

static void
write_text (SemCanvasSink *sink, cairo_t *cr, const SemCanvasText *text)
{
  SemSvg *self = (SemSvg *)sink;
  GString *out = self->body;
  double x = text->x + text->align * text->width, y = text->y;
  /* "start" is the right end of a line that runs from right to left. */
  double anchor = text->is_rtl ? 1.0 - text->align : text->align;

  if (!enter_clip (self, cr,
                   get_page_bounds (cr, text->x, text->y - text->size, text->x + text->width,
                                    text->y + text->size * 0.3)))
    return;
  g_string_append (out, "<text");
  append_transform (out, cr, &x, &y);
  append_attribute (out, "x", x);
  append_attribute (out, "y", y);
  g_string_append (out, " font-family=\"&#39;");
  append_escaped (out, text->family);
  g_string_append_printf (out, "&#39;, %s\"", text->is_mono ? "monospace" : "sans-serif");
  append_attribute (out, "font-size", text->size);
  if (text->weight != 400)
    g_string_append_printf (out, " font-weight=\"%d\"", text->weight);
  if (anchor > 0.0)
    g_string_append_printf (out, " text-anchor=\"%s\"", anchor < 0.75 ? "middle" : "end");
  if (text->is_rtl)
    g_string_append (out, " direction=\"rtl\"");
  append_color (out, "fill", "fill-opacity", text->color);
  if (text->halo_width > 0.0)
    {
      append_color (out, "stroke", "stroke-opacity", text->halo);
      append_attribute (out, "stroke-width", text->halo_width * 2.0);
      g_string_append (out, " stroke-linejoin=\"round\" paint-order=\"stroke\"");
    }
  g_string_append_c (out, '>');
  append_escaped (out, text->text);
  g_string_append (out, "</text>\n");
}

SemSvg *
sem_svg_new (double width, double height, const char *title)
{
  SemSvg *self = g_new0 (SemSvg, 1);
  cairo_rectangle_t extents = { 0, 0, width, height };

  self->sink = (SemCanvasSink){ write_fill, write_stroke, write_image, write_text };
  self->page = (Bounds){ 0, 0, width, height };
  self->body = g_string_new (NULL);
  self->defs = g_string_new (NULL);
  self->title = g_strdup (title);
  /* Nothing is ever recorded: the surface is there to keep a drawing state that can be asked. */
  self->surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &extents);
  sem_canvas_attach (self->surface, &self->sink);
  self->cr = cairo_create (self->surface);
  return self;
}

cairo_t *
sem_svg_get_cairo (SemSvg *self)
{
  return self->cr;
}

GBytes *
sem_svg_free_to_bytes (SemSvg *self, GError **error)
{
  cairo_status_t status = cairo_status (self->cr);
  GString *out = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                               "<svg xmlns=\"http://www.w3.org/2000/svg\" "
                               "xmlns:xlink=\"http://www.w3.org/1999/xlink\" version=\"1.1\"");
  GBytes *bytes = NULL;

  close_clip (self);
  g_string_append (out, " width=\"");
  append_number (out, self->page.x1);
  g_string_append (out, "pt\" height=\"");
  append_number (out, self->page.y1);
  g_string_append (out, "pt\" viewBox=\"0 0 ");
  append_number (out, self->page.x1);
  g_string_append_c (out, ' ');
  append_number (out, self->page.y1);
  g_string_append (out, "\" xml:space=\"preserve\">\n");
  if (self->title != NULL)
    {
      g_string_append (out, "<title>");
      append_escaped (out, self->title);
      g_string_append (out, "</title>\n");
    }
  if (self->defs->len > 0)
    g_string_append_printf (out, "<defs>\n%s</defs>\n", self->defs->str);
  g_string_append_len (out, self->body->str, (gssize)self->body->len);
  g_string_append (out, "</svg>\n");
  if (status == CAIRO_STATUS_SUCCESS)
    bytes = g_string_free_to_bytes (out);
  else
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "drawing the SVG: %s",
                   cairo_status_to_string (status));
      g_string_free (out, TRUE);
    }
  cairo_destroy (self->cr);
  cairo_surface_destroy (self->surface);
  g_string_free (self->body, TRUE);
  g_string_free (self->defs, TRUE);
  g_free (self->title);
  g_free (self);
  return bytes;
}
