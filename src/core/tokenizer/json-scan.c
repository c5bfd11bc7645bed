/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A cursor over JSON text, and the cutting out of the large members before jansson sees the rest.
 */
#include "core/tokenizer/json-scan.h"
#include "core/error.h"

#include <math.h>
#include <string.h>

void
sem_json_scan_init (SemJsonScan *self, const char *text, gsize length)
{
  self->base = self->at = text;
  self->end = text + length;
}

char
sem_json_scan_next_after_blanks (SemJsonScan *self)
{
  while (self->at < self->end
         && (*self->at == ' ' || *self->at == '\n' || *self->at == '\t' || *self->at == '\r'))
    self->at++;
  return self->at < self->end ? *self->at : '\0';
}

/* From after the opening quote to after the closing one. */
static gboolean
skip_string (SemJsonScan *self)
{
  while (self->at < self->end)
    {
      char c = *self->at++;

      if (c == '"')
        return TRUE;
      if (c == '\\')
        {
          if (self->at == self->end)
            return FALSE;
          self->at++;
        }
    }
  return FALSE;
}

/* What ends a number or a word. */
static inline gboolean
is_delimiter (char c)
{
  return c == ',' || c == ']' || c == '}' || c == ':' || c == ' ' || c == '\n' || c == '\t'
         || c == '\r';
}

gboolean
sem_json_scan_skip (SemJsonScan *self)
{
  guint depth = 0;

  do
    {
      char c = sem_json_scan_next (self);

      if (c == '\0')
        return FALSE;
      self->at++;
      if (c == '"')
        {
          if (!skip_string (self))
            return FALSE;
        }
      else if (c == '{' || c == '[')
        {
          if (++depth > SEM_JSON_MAX_DEPTH)
            return FALSE;
        }
      else if (c == '}' || c == ']')
        {
          if (depth == 0)
            return FALSE;
          depth--;
        }
      else if (c != ',' && c != ':')
        while (self->at < self->end && !is_delimiter (*self->at))
          self->at++;
      else if (depth == 0)
        return FALSE;
    }
  while (depth > 0);
  return TRUE;
}

gssize
sem_json_scan_string_bound (SemJsonScan *self)
{
  SemJsonScan look = *self;

  if (!sem_json_scan_accept (&look, '"'))
    return -1;
  self->at = look.at - 1;
  if (!skip_string (&look))
    return -1;
  return look.at - self->at - 2;
}

gssize
sem_json_scan_plain (SemJsonScan *self, const char **text)
{
  const char *start, *p;

  if (sem_json_scan_next (self) != '"')
    return -1;
  start = p = self->at + 1;
  while (p < self->end && *p != '"' && *p != '\\' && (guint8)*p >= 0x20)
    p++;
  if (p == self->end || *p != '"')
    return -1;
  self->at = p + 1;
  *text = start;
  return p - start;
}

static gboolean
read_hex4 (SemJsonScan *self, guint32 *value)
{
  guint32 v = 0;

  if (self->end - self->at < 4)
    return FALSE;
  for (guint i = 0; i < 4; i++)
    {
      int d = g_ascii_xdigit_value (*self->at++);

      if (d < 0)
        return FALSE;
      v = v << 4 | (guint32)d;
    }
  *value = v;
  return TRUE;
}

/* After the backslash.  Returns the number of bytes written, 0 when the escape is malformed. */
static guint
read_escape (SemJsonScan *self, char *out)
{
  static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
  const char *hit;
  guint32 cp, low;
  char c;

  if (self->at == self->end)
    return 0;
  c = *self->at++;
  if (c != 'u')
    {
      hit = c != '\0' ? strchr (from, c) : NULL;
      if (hit == NULL)
        return 0;
      *out = to[hit - from];
      return 1;
    }
  if (!read_hex4 (self, &cp))
    return 0;
  if (cp >= 0xdc00 && cp < 0xe000)
    return 0;
  if (cp >= 0xd800 && cp < 0xdc00)
    {
      if (self->end - self->at < 6 || self->at[0] != '\\' || self->at[1] != 'u')
        return 0;
      self->at += 2;
      if (!read_hex4 (self, &low) || low < 0xdc00 || low >= 0xe000)
        return 0;
      cp = 0x10000 + ((cp - 0xd800) << 10) + (low - 0xdc00);
    }
  return (guint)g_unichar_to_utf8 (cp, out);
}

gssize
sem_json_scan_string (SemJsonScan *self, char *out)
{
  char *o = out;

  if (!sem_json_scan_accept (self, '"'))
    return -1;
  for (;;)
    {
      char c;

      if (self->at == self->end)
        return -1;
      c = *self->at++;
      if (c == '"')
        return o - out;
      if (c == '\\')
        {
          guint n = read_escape (self, o);

          if (n == 0)
            return -1;
          o += n;
        }
      else if ((guint8)c < 0x20)
        return -1;
      else
        *o++ = c;
    }
}

/* 10^n, correctly rounded: the text form is. */
static double
power_of_ten (int n)
{
  char text[8];

  g_snprintf (text, sizeof text, "1e%d", n);
  return g_ascii_strtod (text, NULL);
}

/* Digits into *significand until it would overflow; what follows counts for the exponent only.
 * Returns the number of digits, *dropped of them not taken. */
static guint
read_digits (SemJsonScan *self, guint64 *significand, guint *dropped)
{
  guint n = 0;

  for (; self->at < self->end && g_ascii_isdigit (*self->at) && n < 1000; n++)
    {
      guint64 digit = (guint64)(*self->at++ - '0');

      if (*dropped > 0 || *significand > (G_MAXUINT64 - digit) / 10)
        (*dropped)++;
      else
        *significand = *significand * 10 + digit;
    }
  return n;
}

static gboolean
read_exponent (SemJsonScan *self, int *exponent)
{
  gboolean negative = FALSE;
  int value = 0;

  if (self->at == self->end || (*self->at != 'e' && *self->at != 'E'))
    return TRUE;
  self->at++;
  if (self->at < self->end && (*self->at == '+' || *self->at == '-'))
    negative = *self->at++ == '-';
  if (self->at == self->end || !g_ascii_isdigit (*self->at))
    return FALSE;
  for (; self->at < self->end && g_ascii_isdigit (*self->at); self->at++)
    value = MIN (value * 10 + (*self->at - '0'), 100000);
  *exponent += negative ? -value : value;
  return TRUE;
}

/* The reference's JSON reader (serde_json without float_roundtrip) takes the digits as an integer
 * and divides once by a power of ten.  That can differ from the nearest double in the last bit, and
 * such bits decide ties between paths of a unigram model: so the same arithmetic here. */
gboolean
sem_json_scan_number (SemJsonScan *self, double *value)
{
  guint64 significand = 0;
  guint dropped = 0, fraction = 0;
  gboolean negative = sem_json_scan_accept (self, '-');
  int exponent;
  double v;

  if (self->at == self->end || read_digits (self, &significand, &dropped) == 0)
    return FALSE;
  exponent = (int)dropped;
  if (self->at < self->end && *self->at == '.')
    {
      guint before = dropped;

      self->at++;
      fraction = read_digits (self, &significand, &dropped);
      if (fraction == 0)
        return FALSE;
      exponent -= (int)(fraction - (dropped - before));
    }
  if (!read_exponent (self, &exponent))
    return FALSE;
  v = (double)significand;
  for (; exponent < -308 && v != 0.0; exponent += 308)
    v /= 1e308;
  if (exponent > 308 && v != 0.0)
    return FALSE;
  if (v != 0.0)
    v = exponent >= 0 ? v * power_of_ten (exponent) : v / power_of_ten (-exponent);
  *value = negative ? -v : v;
  return isfinite (v);
}

gboolean
sem_json_scan_integer (SemJsonScan *self, guint64 limit, guint64 *value)
{
  guint64 v = 0;
  const char *p;

  sem_json_scan_next (self);
  for (p = self->at; p < self->end && g_ascii_isdigit (*p); p++)
    {
      v = v * 10 + (guint64)(*p - '0');
      if (v > limit)
        return FALSE;
    }
  if (p == self->at || (p < self->end && (*p == '.' || *p == 'e' || *p == 'E')))
    return FALSE;
  self->at = p;
  *value = v;
  return TRUE;
}

typedef struct
{
  const char *outer; /* the member whose members are looked at, NULL: here */
  const char *const *names;
  SemJsonRange *ranges;
} Search;

static gboolean find_members (SemJsonScan *scan, const Search *search);

/* The value of a member at the cursor. */
static gboolean
visit_member (SemJsonScan *scan, const Search *search, const char *key, gsize length)
{
  const char *start;

  sem_json_scan_next (scan);
  start = scan->at;
  if (search->outer != NULL)
    {
      const Search inside = { NULL, search->names, search->ranges };

      if (strlen (search->outer) == length && memcmp (search->outer, key, length) == 0
          && scan->at < scan->end && *scan->at == '{')
        return find_members (scan, &inside);
      return sem_json_scan_skip (scan);
    }
  if (!sem_json_scan_skip (scan))
    return FALSE;
  for (guint i = 0; i < 2; i++)
    if (strlen (search->names[i]) == length && memcmp (search->names[i], key, length) == 0)
      search->ranges[i] = (SemJsonRange){ start, scan->at };
  return TRUE;
}

/* Goes over the object at the cursor and remembers the ranges of the named members. */
static gboolean
find_members (SemJsonScan *scan, const Search *search)
{
  if (!sem_json_scan_accept (scan, '{'))
    return FALSE;
  if (sem_json_scan_accept (scan, '}'))
    return TRUE;
  do
    {
      const char *key;
      gsize length;

      if (sem_json_scan_next (scan) != '"')
        return FALSE;
      key = ++scan->at;
      if (!skip_string (scan))
        return FALSE;
      length = (gsize)(scan->at - key - 1);
      if (!sem_json_scan_accept (scan, ':') || !visit_member (scan, search, key, length))
        return FALSE;
    }
  while (sem_json_scan_accept (scan, ','));
  return sem_json_scan_accept (scan, '}');
}

static json_t *
parse (const char *text, gsize length, GError **error)
{
  json_error_t problem;
  json_t *root = json_loadb (text, length, JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, &problem);

  if (root == NULL)
    g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                 "not valid JSON: %s (line %d, column %d)", problem.text, problem.line,
                 problem.column);
  return root;
}

json_t *
sem_json_load_split (const char *text,
                     gsize length,
                     const char *outer,
                     const char *const names[2],
                     SemJsonRange ranges[2],
                     GError **error)
{
  const Search search = { outer, names, ranges };
  SemJsonRange first, second;
  g_autoptr (GString) rest = NULL;
  SemJsonScan scan;

  memset (ranges, 0, 2 * sizeof ranges[0]);
  sem_json_scan_init (&scan, text, length);
  /* What is malformed, jansson says better. */
  if (!find_members (&scan, &search) || (ranges[0].start == NULL && ranges[1].start == NULL))
    {
      memset (ranges, 0, 2 * sizeof ranges[0]);
      return parse (text, length, error);
    }
  first = ranges[0];
  second = ranges[1];
  if (first.start == NULL || (second.start != NULL && second.start < first.start))
    {
      first = ranges[1];
      second = ranges[0];
    }
  rest = g_string_sized_new (length - (gsize)(first.end - first.start) + 16);
  g_string_append_len (rest, text, first.start - text);
  g_string_append (rest, "null");
  if (second.start != NULL)
    {
      g_string_append_len (rest, first.end, second.start - first.end);
      g_string_append (rest, "null");
      first = second;
    }
  g_string_append_len (rest, first.end, text + length - first.end);
  return parse (rest->str, rest->len, error);
}
