/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From Oniguruma's syntax to PCRE2's: one pass over the expression that copies everything except
 * character types, properties and bracket classes, which it writes as explicit ranges. */
#include "core/tokenizer/pattern.h"
#include "core/tokenizer/unicode-data.h"
#include "core/error.h"

#include <string.h>

typedef struct
{
  const char *at, *end, *start;
  GString *out;
  GError **error;
} Rewriter;

/* Letters only, case folded: "Uppercase_Letter" and "uppercaseletter" are the same name. */
static const struct
{
  const char *name;
  guint32 flag;
} properties[] = {
  { "l", SEM_UNI_L },           { "letter", SEM_UNI_L },
  { "lu", SEM_UNI_LU },         { "uppercaseletter", SEM_UNI_LU },
  { "ll", SEM_UNI_LL },         { "lowercaseletter", SEM_UNI_LL },
  { "lt", SEM_UNI_LT },         { "titlecaseletter", SEM_UNI_LT },
  { "lm", SEM_UNI_LM },         { "modifierletter", SEM_UNI_LM },
  { "lo", SEM_UNI_LO },         { "otherletter", SEM_UNI_LO },
  { "m", SEM_UNI_M },           { "mark", SEM_UNI_M },
  { "n", SEM_UNI_N },           { "number", SEM_UNI_N },
  { "nd", SEM_UNI_ND },         { "decimalnumber", SEM_UNI_ND },
  { "digit", SEM_UNI_ND },      { "p", SEM_UNI_P },
  { "punctuation", SEM_UNI_P }, { "s", SEM_UNI_S },
  { "symbol", SEM_UNI_S },      { "z", SEM_UNI_Z },
  { "separator", SEM_UNI_Z },   { "han", SEM_UNI_HAN },
  { "space", SEM_UNI_SPACE },   { "word", SEM_UNI_WORD },
};

static gboolean
unsupported (Rewriter *r, const char *what)
{
  g_set_error (r->error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_UNSUPPORTED,
               "the regular expression uses %s at byte %td, which only Oniguruma has", what,
               r->at - r->start);
  return FALSE;
}

static gboolean
malformed (Rewriter *r, const char *what)
{
  g_set_error (r->error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
               "the regular expression %s (byte %td)", what, r->at - r->start);
  return FALSE;
}

/* The ranges of a flag as class content, computed once per process. */
static const char *
flag_ranges (guint32 flag, gboolean negated)
{
  static const char *known[64];
  guint slot = (guint)g_bit_nth_lsf (flag, -1) * 2 + (negated ? 1 : 0);
  const char *found = g_atomic_pointer_get (&known[slot]);
  GString *s;
  guint32 from = 0;
  gboolean inside = FALSE;

  if (found != NULL)
    return found;
  s = g_string_new (NULL);
  for (guint32 cp = 0; cp <= 0x110000; cp++)
    {
      gboolean member = cp < 0x110000 && !(cp >= 0xd800 && cp < 0xe000)
                        && ((sem_uni_flags (cp) & flag) != 0) != negated;

      if (member && !inside)
        from = cp;
      else if (!member && inside)
        {
          g_string_append_printf (s, "\\x{%x}", from);
          if (cp - 1 > from)
            g_string_append_printf (s, "-\\x{%x}", cp - 1);
        }
      inside = member;
    }
  found = g_string_free (s, FALSE);
  if (!g_atomic_pointer_compare_and_exchange (&known[slot], NULL, found))
    {
      g_free ((char *)found);
      found = g_atomic_pointer_get (&known[slot]);
    }
  return found;
}

static void
put_ranges (Rewriter *r, guint32 flag, gboolean negated, gboolean in_class)
{
  if (in_class)
    g_string_append (r->out, flag_ranges (flag, negated));
  else
    g_string_append_printf (r->out, "[%s%s]", negated ? "^" : "", flag_ranges (flag, FALSE));
}

/* \p{..}, \p{^..}, \P{..}; at stands after the p.  An unknown name is left to PCRE2. */
static gboolean
rewrite_property (Rewriter *r, gboolean negated, gboolean in_class)
{
  const char *close, *name;
  g_autoptr (GString) key = g_string_new (NULL);

  if (r->at == r->end || *r->at != '{'
      || (close = memchr (r->at, '}', (gsize)(r->end - r->at))) == NULL)
    return unsupported (r, "a property without braces");
  name = r->at + 1;
  if (*name == '^')
    {
      negated = !negated;
      name++;
    }
  for (const char *p = name; p < close; p++)
    if (g_ascii_isalpha (*p))
      g_string_append_c (key, g_ascii_tolower (*p));
  r->at = close + 1;
  for (gsize i = 0; i < G_N_ELEMENTS (properties); i++)
    if (strcmp (properties[i].name, key->str) == 0)
      {
        put_ranges (r, properties[i].flag, negated, in_class);
        return TRUE;
      }
  g_string_append_printf (r->out, "\\%c{%.*s}", negated ? 'P' : 'p', (int)(close - name), name);
  return TRUE;
}

/* After the backslash. */
static gboolean
rewrite_escape (Rewriter *r, gboolean in_class)
{
  char c;

  if (r->at == r->end)
    return malformed (r, "ends with a backslash");
  c = *r->at++;
  switch (c)
    {
    case 'p':
    case 'P':
      return rewrite_property (r, c == 'P', in_class);
    case 's':
    case 'S':
      put_ranges (r, SEM_UNI_SPACE, c == 'S', in_class);
      return TRUE;
    case 'w':
    case 'W':
      put_ranges (r, SEM_UNI_WORD, c == 'W', in_class);
      return TRUE;
    case 'd':
    case 'D':
      put_ranges (r, SEM_UNI_ND, c == 'D', in_class);
      return TRUE;
    case 'h':
      g_string_append (r->out, in_class ? "0-9A-Fa-f" : "[0-9A-Fa-f]");
      return TRUE;
    case 'H':
      if (in_class)
        return unsupported (r, "\\H inside a class");
      g_string_append (r->out, "[^0-9A-Fa-f]");
      return TRUE;
    case 'u':
      if (r->end - r->at < 4)
        return unsupported (r, "a short \\u");
      g_string_append_printf (r->out, "\\x{%.4s}", r->at);
      r->at += 4;
      return TRUE;
    default:
      g_string_append_c (r->out, '\\');
      g_string_append_c (r->out, c);
      return TRUE;
    }
}

/* [:alpha:] stays as it is; at stands after its bracket. */
static gboolean
copy_posix_class (Rewriter *r)
{
  const char *close = g_strstr_len (r->at, r->end - r->at, ":]");

  if (close == NULL)
    return malformed (r, "has an unfinished [: :]");
  g_string_append_c (r->out, '[');
  g_string_append_len (r->out, r->at, close + 2 - r->at);
  r->at = close + 2;
  return TRUE;
}

/* At stands after the opening bracket; nested classes that are not negated are united with this
 * one. */
static gboolean
rewrite_class (Rewriter *r, guint depth)
{
  gboolean first = TRUE;

  if (depth > 16)
    return malformed (r, "nests classes more than 16 deep");
  if (r->at < r->end && *r->at == '^')
    {
      if (depth > 0)
        return unsupported (r, "a negated class inside a class");
      g_string_append_c (r->out, '^');
      r->at++;
    }
  for (; r->at < r->end; first = FALSE)
    {
      char c = *r->at++;
      gboolean fine = TRUE;

      if (c == ']' && !first)
        return TRUE;
      if (c == '\\')
        fine = rewrite_escape (r, TRUE);
      else if (c == '[' && r->at < r->end && *r->at == ':')
        fine = copy_posix_class (r);
      else if (c == '[')
        fine = rewrite_class (r, depth + 1);
      else if (c == '&' && r->at < r->end && *r->at == '&')
        fine = unsupported (r, "a class intersection (&&)");
      else
        {
          if (c == ']')
            g_string_append_c (r->out, '\\');
          g_string_append_c (r->out, c);
        }
      if (!fine)
        return FALSE;
    }
  return malformed (r, "has a class without its closing bracket");
}

/* After "(": options.  Ruby's m lets the dot match line ends, which PCRE2 calls s. */
static gboolean
rewrite_group (Rewriter *r)
{
  const char *p = r->at;

  if (p == r->end || *p != '?')
    return TRUE;
  g_string_append_c (r->out, '?');
  r->at = ++p;
  if (p < r->end && *p == '~')
    return unsupported (r, "an absence operator (?~)");
  while (p < r->end && strchr ("imx-", *p) != NULL && *p != '\0')
    p++;
  if (p == r->end || p == r->at || (*p != ':' && *p != ')'))
    return TRUE;
  for (; r->at < p; r->at++)
    g_string_append_c (r->out, *r->at == 'm' ? 's' : *r->at);
  return TRUE;
}

/* {n,m}+ is one or more of {n,m} in Ruby, and possessive in PCRE2. */
static void
rewrite_interval (Rewriter *r)
{
  const char *p = r->at;

  while (p < r->end && (g_ascii_isdigit (*p) || *p == ','))
    p++;
  if (p == r->at || p == r->end || *p != '}' || p + 1 == r->end || p[1] != '+')
    return;
  g_string_append_len (r->out, r->at, p + 1 - r->at);
  g_string_append (r->out, "{1,}");
  r->at = p + 2;
}

char *
sem_pattern_rewrite (const char *source, gsize length, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  Rewriter r = { source, source + length, source, out, error };

  while (r.at < r.end)
    {
      char c = *r.at++;
      gboolean fine = TRUE;

      if (c == '\\')
        fine = rewrite_escape (&r, FALSE);
      else
        {
          g_string_append_c (out, c);
          if (c == '(')
            fine = rewrite_group (&r);
          else if (c == '{')
            rewrite_interval (&r);
          else if (c == '[')
            {
              fine = rewrite_class (&r, 0);
              g_string_append_c (out, ']');
            }
        }
      if (!fine)
        return NULL;
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}
