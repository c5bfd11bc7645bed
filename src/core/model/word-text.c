/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text word vectors: one pass, numbers parsed by hand because that is nearly all the work. */
#include "core/model/word-text.h"

#include "core/error.h"

#include <math.h>
#include <string.h>

#define MAX_LINE (16 << 20)
#define MAX_DIM (1 << 16)
#define MAX_VALUES (G_GUINT64_CONSTANT (1) << 33)
#define LINES_LOOKED_AT 32
#define FIRST_VALUES 65536 /* room made at first */
#define MAX_NUMBER 400     /* characters of one number */

struct _SemWordText
{
  gboolean numbers_only;
  gsize dim; /* 0 until it is known */
  guint64 n_announced;
  guint64 line;
  GString *rest; /* an unfinished line */
  SemWordList *words;
  float *values;
  gsize n, room;
};

SemWordText *
sem_word_text_new (gboolean numbers_only)
{
  SemWordText *self = g_new0 (SemWordText, 1);
  self->numbers_only = numbers_only;
  self->rest = g_string_new (NULL);
  self->words = sem_word_list_new ();
  return self;
}

void
sem_word_text_free (SemWordText *self)
{
  g_string_free (self->rest, TRUE);
  g_clear_pointer (&self->words, sem_word_list_unref);
  g_free (self->values);
  g_free (self);
}

static inline gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t' || c == '\r';
}

static inline gboolean
is_digit (char c)
{
  return (guint8)(c - '0') < 10;
}

/* Long or extreme numbers: the C library's exact conversion. */
static gboolean
convert_slowly (const char *text, gsize length, float *value)
{
  char copy[MAX_NUMBER + 1];
  if (length > MAX_NUMBER)
    return FALSE;
  memcpy (copy, text, length);
  copy[length] = '\0';
  *value = (float)g_ascii_strtod (copy, NULL);
  return isfinite (*value) != 0;
}

/* 15 digits and a power of ten up to 22 are exact in a double, so one operation gives the correctly
 * rounded double. */
static gboolean
convert (guint64 digits,
         int n_digits,
         int exponent,
         const char *text,
         gsize length,
         gboolean negative,
         float *value)
{
  static const double powers[]
      = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
          1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };
  if (n_digits > 15 || exponent < -22 || exponent > 22)
    return convert_slowly (text, length, value);
  double number
      = exponent < 0 ? (double)digits / powers[-exponent] : (double)digits * powers[exponent];
  *value = (float)(negative ? -number : number);
  return TRUE;
}

const char *
sem_word_text_parse_number (const char *text, const char *end, float *value)
{
  const char *p = text;
  gboolean negative = p < end && *p == '-';
  guint64 digits = 0;
  int n_digits = 0, exponent = 0;
  if (p < end && (*p == '-' || *p == '+'))
    p++;
  const char *first = p;
  for (; p < end && is_digit (*p); p++, n_digits += digits != 0)
    digits = digits * 10 + (guint64)(*p - '0');
  gsize n_seen = (gsize)(p - first);
  if (p < end && *p == '.')
    {
      const char *point = ++p;
      for (; p < end && is_digit (*p); p++, n_digits += digits != 0)
        digits = digits * 10 + (guint64)(*p - '0');
      exponent = -(int)MIN (p - point, G_MAXINT32);
      n_seen += (gsize)(p - point);
    }
  if (n_seen == 0)
    return NULL;
  if (p < end && (*p == 'e' || *p == 'E'))
    {
      const char *q = p + 1;
      gboolean down = q < end && *q == '-';
      int power = 0;
      if (q < end && (*q == '-' || *q == '+'))
        q++;
      if (q == end || !is_digit (*q))
        return NULL;
      for (; q < end && is_digit (*q); q++)
        power = MIN (power * 10 + (*q - '0'), 100000);
      exponent += down ? -power : power;
      p = q;
    }
  if (p < end && !is_blank (*p))
    return NULL;
  return convert (digits, n_digits, exponent, text, (gsize)(p - text), negative, value) ? p : NULL;
}

const char *
sem_word_text_parse_header (const char *text, const char *end, gint64 *n, gint64 *dim)
{
  const char *line_end = memchr (text, '\n', (gsize)MIN (end - text, 64));
  if (line_end == NULL)
    return NULL;
  char copy[65];
  gsize length = (gsize)(line_end - text);
  memcpy (copy, text, length);
  copy[length] = '\0';
  g_auto (GStrv) fields = g_strsplit_set (g_strstrip (copy), " \t", -1);
  if (g_strv_length (fields) != 2
      || !g_ascii_string_to_signed (fields[0], 10, G_MININT64, G_MAXINT64, n, NULL)
      || !g_ascii_string_to_signed (fields[1], 10, G_MININT64, G_MAXINT64, dim, NULL))
    return NULL;
  return line_end + 1;
}

static const char *
trim_end (const char *line, const char *end)
{
  while (end > line && is_blank (end[-1]))
    end--;
  return end;
}

/* The start of the last field of [line, end), which has no blank at its end. */
static const char *
find_last_field (const char *line, const char *end)
{
  while (end > line && !is_blank (end[-1]))
    end--;
  return end;
}

/* Looks like a number, be it one that is refused later (nan, inf, 1e400). */
static gboolean
is_numeric (const char *field, const char *end)
{
  float value;
  if (sem_word_text_parse_number (field, end, &value) == end)
    return TRUE;
  char copy[MAX_NUMBER + 1], *stop;
  gsize length = (gsize)(end - field);
  if (length > MAX_NUMBER)
    return FALSE;
  memcpy (copy, field, length);
  copy[length] = '\0';
  g_ascii_strtod (copy, &stop);
  return stop == copy + length && length > 0;
}

/* How many fields at the end of a line are numbers; *n_fields: of all. */
static gsize
count_numbers (const char *line, const char *end, gsize *n_fields)
{
  gsize n = 0;
  gboolean numeric = TRUE;
  *n_fields = 0;
  for (end = trim_end (line, end); end > line;)
    {
      const char *field = find_last_field (line, end);
      numeric = numeric && is_numeric (field, end);
      n += numeric;
      (*n_fields)++;
      end = trim_end (line, field);
    }
  return n;
}

/* A file without a header tells its dimension by its lines: what most of the first have; the larger
 * on a tie. */
static gsize
guess_dim (const char *text, const char *end, gboolean numbers_only, gboolean whole)
{
  gsize counts[LINES_LOOKED_AT], n_lines = 0, best = 0, best_votes = 0;
  while (n_lines < LINES_LOOKED_AT && text < end)
    {
      const char *line_end = memchr (text, '\n', (gsize)(end - text));
      if (line_end == NULL && !whole && n_lines > 0)
        break;
      line_end = line_end != NULL ? line_end : end;
      gsize n_fields, n = count_numbers (text, line_end, &n_fields);
      if (!numbers_only && n == n_fields && n > 0)
        n--;
      counts[n_lines++] = n;
      text = MIN (line_end + 1, end);
    }
  for (gsize i = 0; i < n_lines; i++)
    {
      gsize votes = 0;
      for (gsize j = 0; j < n_lines; j++)
        votes += counts[j] == counts[i];
      if (votes > best_votes || (votes == best_votes && counts[i] > best))
        {
          best = counts[i];
          best_votes = votes;
        }
    }
  return best;
}

gboolean
sem_word_text_sniff (const char *text, gsize length)
{
  gint64 n, announced = 0;
  const char *end = text + length, *body = sem_word_text_parse_header (text, end, &n, &announced);
  if (body == NULL)
    body = text;
  const char *line_end = memchr (body, '\n', (gsize)(end - body));
  gsize n_fields;
  gsize numbers = count_numbers (body, line_end != NULL ? line_end : end, &n_fields);
  if (body != text)
    return announced > 0 && numbers >= (guint64)announced && n_fields > (guint64)announced;
  return numbers >= 2 && n_fields >= 3 && memchr (text, '\0', MIN (length, 4096)) == NULL;
}

gboolean
sem_word_text_is_numbers (const char *text, gsize length)
{
  const char *line_end = memchr (text, '\n', length);
  gsize n_fields, n = count_numbers (text, line_end != NULL ? line_end : text + length, &n_fields);
  return n > 0 && n == n_fields;
}

static gboolean
refuse (SemWordText *self, GError **error, SemFormatError code, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

static gboolean
refuse (SemWordText *self, GError **error, SemFormatError code, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, SEM_FORMAT_ERROR, code, "line %" G_GUINT64_FORMAT ": %s", self->line, what);
  return FALSE;
}

static gboolean
make_room (SemWordText *self, GError **error)
{
  if (self->n < self->room)
    return TRUE;
  gsize room = self->room + self->room / 2 + MAX (1, FIRST_VALUES / self->dim);
  if (room > MAX_VALUES / self->dim)
    return refuse (self, error, SEM_FORMAT_ERROR_LIMIT,
                   "more than %" G_GUINT64_FORMAT " values, which is the limit", MAX_VALUES);
  float *values = g_try_realloc_n (self->values, room * self->dim, sizeof (float));
  if (values == NULL)
    return refuse (self, error, SEM_FORMAT_ERROR_LIMIT, "there is not enough memory for more rows");
  self->values = values;
  self->room = room;
  return TRUE;
}

/* Says which field is wrong; the fast path knows only that one is. */
static gboolean
explain_line (SemWordText *self, const char *line, const char *end, GError **error)
{
  gsize n_fields, words = self->numbers_only ? 0 : 1;
  count_numbers (line, end, &n_fields);
  if (n_fields != self->dim + words && (n_fields < self->dim + words || self->numbers_only))
    return refuse (self, error, SEM_FORMAT_ERROR_BAD_VALUE,
                   "%" G_GSIZE_FORMAT " fields, expected %s%" G_GSIZE_FORMAT " numbers", n_fields,
                   words ? "a word and " : "", self->dim);
  gsize n_left = n_fields;
  for (const char *p = line; p < end; n_left--)
    {
      while (p < end && is_blank (*p))
        p++;
      const char *field = p;
      float value;
      while (p < end && !is_blank (*p))
        p++;
      if (n_left > self->dim || field == p || sem_word_text_parse_number (field, p, &value) == p)
        continue;
      g_autofree char *bad = g_strndup (field, (gsize)MIN (p - field, 40));
      g_autofree char *shown = g_utf8_make_valid (bad, -1);
      return refuse (self, error, SEM_FORMAT_ERROR_BAD_VALUE,
                     "value %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT
                     " is '%s', which is not a finite number",
                     self->dim - n_left + 1, self->dim, shown);
    }
  return refuse (self, error, SEM_FORMAT_ERROR_BAD_VALUE, "no word before the numbers");
}

/* Words seldom have blanks, so the vector is tried right after the first field. */
static const char *
parse_values (const char *p, const char *end, float *values, gsize dim)
{
  for (gsize i = 0; i < dim; i++)
    {
      while (p < end && is_blank (*p))
        p++;
      p = sem_word_text_parse_number (p, end, &values[i]);
      if (p == NULL)
        return NULL;
    }
  while (p < end && is_blank (*p))
    p++;
  return p == end ? p : NULL;
}

/* The place where the last dim fields begin, or NULL. */
static const char *
find_vector (const char *line, const char *end, gsize dim)
{
  end = trim_end (line, end);
  const char *field = end;
  for (gsize i = 0; i < dim; i++)
    {
      field = find_last_field (line, trim_end (line, field));
      if (field == line)
        return NULL;
    }
  return field;
}

static gboolean
read_line (SemWordText *self, const char *line, const char *end, GError **error)
{
  self->line++;
  if (trim_end (line, end) == line)
    return TRUE;
  if (!make_room (self, error))
    return FALSE;
  float *values = self->values + self->n * self->dim;
  const char *vector = line;
  if (!self->numbers_only)
    while (vector < end && !is_blank (*vector))
      vector++;
  if (parse_values (vector, end, values, self->dim) == NULL)
    {
      vector = self->numbers_only ? NULL : find_vector (line, end, self->dim);
      if (vector == NULL || parse_values (vector, end, values, self->dim) == NULL)
        return explain_line (self, line, end, error);
    }
  if (!self->numbers_only)
    {
      const char *word_end = trim_end (line, vector);
      if (word_end == line)
        return explain_line (self, line, end, error);
      sem_word_list_add (self->words, line, (gsize)(word_end - line));
    }
  self->n++;
  return TRUE;
}

/* Header and dimension; returns where the rows begin. */
static const char *
begin (SemWordText *self, const char *text, const char *end, gboolean at_end, GError **error)
{
  gint64 n, dim;
  const char *body = self->numbers_only ? NULL : sem_word_text_parse_header (text, end, &n, &dim);
  if (body == NULL)
    {
      self->dim = guess_dim (text, end, self->numbers_only, at_end);
      if (self->dim > 0 && self->dim <= MAX_DIM)
        return text;
      self->line = 1;
      refuse (self, error, SEM_FORMAT_ERROR_BAD_VALUE,
              self->dim > 0 ? "more than 65536 values in a line" : "no word followed by numbers");
      return NULL;
    }
  self->line = 1;
  if (n < 0 || dim < 1 || dim > MAX_DIM)
    {
      refuse (self, error, SEM_FORMAT_ERROR_BAD_VALUE,
              "the header announces %" G_GINT64_FORMAT " rows of %" G_GINT64_FORMAT
              " values, at most %d values are allowed",
              n, dim, MAX_DIM);
      return NULL;
    }
  self->n_announced = (guint64)n;
  self->dim = (gsize)dim;
  return body;
}

static gboolean
keep_rest (SemWordText *self, const char *bytes, gsize length, GError **error)
{
  if (self->rest->len + length > MAX_LINE)
    {
      self->line++;
      return refuse (self, error, SEM_FORMAT_ERROR_LIMIT, "longer than %d bytes", MAX_LINE);
    }
  g_string_append_len (self->rest, bytes, (gssize)length);
  return TRUE;
}

gboolean
sem_word_text_feed (SemWordText *self,
                    const char *bytes,
                    gsize length,
                    gboolean at_end,
                    GError **error)
{
  const char *p = bytes, *end = bytes + length;
  if (self->dim == 0 && (p = begin (self, bytes, end, at_end, error)) == NULL)
    return FALSE;
  const char *newline;
  while (p < end && (newline = memchr (p, '\n', (gsize)(end - p))) != NULL)
    {
      if (self->rest->len > 0)
        {
          if (!keep_rest (self, p, (gsize)(newline - p), error)
              || !read_line (self, self->rest->str, self->rest->str + self->rest->len, error))
            return FALSE;
          g_string_truncate (self->rest, 0);
        }
      else if (!read_line (self, p, newline, error))
        return FALSE;
      p = newline + 1;
    }
  if (p < end && !keep_rest (self, p, (gsize)(end - p), error))
    return FALSE;
  if (!at_end || self->rest->len == 0)
    return TRUE;
  gboolean good = read_line (self, self->rest->str, self->rest->str + self->rest->len, error);
  g_string_truncate (self->rest, 0);
  return good;
}

gboolean
sem_word_text_finish (SemWordText *self, SemWordVectors *out, GError **error)
{
  if (self->n == 0)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_TRUNCATED, "the file has no vectors");
      return FALSE;
    }
  out->n_announced = self->n_announced;
  out->format = self->n_announced > 0 ? "word2vec text" : "GloVe text";
  out->rows = sem_rows_new_owned (
      g_renew (float, g_steal_pointer (&self->values), self->n * self->dim), self->n, self->dim);
  out->words = g_steal_pointer (&self->words);
  return TRUE;
}
