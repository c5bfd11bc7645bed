/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unicode properties and mappings exactly as the reference tokenizer library has them.
 *
 * The library mixes Unicode versions (one for normalization, one for its regular expressions, one for Rust's own
 * character functions), and the versions of utf8proc, PCRE2 and GLib differ between distributions.  So the data come
 * from tables made from the library's own answers: tests/oracle/tokenizer-unicode.py. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SEM_UNI_LU = 1u << 0, /* \p{..} of the regular expressions (Oniguruma) */
  SEM_UNI_LL = 1u << 1,
  SEM_UNI_LT = 1u << 2,
  SEM_UNI_LM = 1u << 3,
  SEM_UNI_LO = 1u << 4,
  SEM_UNI_L = 1u << 5,
  SEM_UNI_M = 1u << 6,
  SEM_UNI_N = 1u << 7,
  SEM_UNI_ND = 1u << 8, /* also \d */
  SEM_UNI_P = 1u << 9,
  SEM_UNI_S = 1u << 10,
  SEM_UNI_Z = 1u << 11,
  SEM_UNI_HAN = 1u << 12,
  SEM_UNI_SPACE = 1u << 13,  /* \s, and Rust's char::is_whitespace */
  SEM_UNI_WORD = 1u << 14,   /* \w */
  SEM_UNI_GPT2_L = 1u << 15, /* \p{L} and \p{N} of the byte-level pre-tokenizer */
  SEM_UNI_GPT2_N = 1u << 16,
  SEM_UNI_RUST_WORD = 1u << 17,    /* \w of the Whitespace pre-tokenizer and of added tokens */
  SEM_UNI_NUMERIC = 1u << 18,      /* char::is_numeric, the Digits pre-tokenizer */
  SEM_UNI_PUNCT = 1u << 19,        /* the Punctuation pre-tokenizer */
  SEM_UNI_BERT_PUNCT = 1u << 20,   /* the BERT pre-tokenizer */
  SEM_UNI_BERT_REMOVED = 1u << 21, /* dropped by BERT's clean_text */
  SEM_UNI_BERT_CJK = 1u << 22,     /* gets blanks on both sides */
  SEM_UNI_BERT_MARK = 1u << 23,    /* Mn, dropped by BERT's strip_accents */
  SEM_UNI_MARK = 1u << 24,         /* M, dropped by the StripAccents normalizer */
  SEM_UNI_LOWER = 1u << 25,        /* has another lower case */
  SEM_UNI_NFD = 1u << 26,          /* decomposes */
  SEM_UNI_NFKD = 1u << 27,
  SEM_UNI_NFC_MAYBE = 1u << 28, /* composition has to look at it */
  SEM_UNI_NFKC_MAYBE = 1u << 29,
  SEM_UNI_CCC = 1u << 30, /* combining class is not 0 */
} SemUniFlags;

/* Assigned in Unicode 9, which the UnicodeScripts pre-tokenizer knows. */
#define SEM_UNI_AGE_9 (1u << 31)

typedef struct
{
  guint32 cp;
  guint16 first; /* index into sem_uni_pool */
  guint16 n;
} SemUniMap;

extern const guint32 sem_uni_classes[];
extern const guint16 sem_uni_stage1[];
extern const guint8 sem_uni_stage2[];
extern const gsize sem_uni_lower_n, sem_uni_nfd_n, sem_uni_nfkd_n, sem_uni_ccc_n, sem_uni_compose_n;
extern const SemUniMap sem_uni_lower[], sem_uni_nfd[], sem_uni_nfkd[];
extern const guint32 sem_uni_pool[], sem_uni_ccc[];
extern const guint32 sem_uni_compose_first[], sem_uni_compose_second[], sem_uni_compose_result[];

/* Longest decomposition of one code point (U+FDFA under NFKD). */
#define SEM_UNI_MAX_EXPANSION 18

/* sem_uni_flags: the SemUniFlags of a code point; 0 for what is not one. */
static inline guint32
sem_uni_flags (guint32 cp)
{
  if (G_UNLIKELY (cp > 0x10ffff))
    return 0;
  return sem_uni_classes[sem_uni_stage2[(gsize) sem_uni_stage1[cp >> 7] * 128 + (cp & 127)]];
}

/* sem_utf8_get: decodes the character at s, which must be valid UTF-8.  Returns its length in bytes. */
static inline guint
sem_utf8_get (const char *s, guint32 *cp)
{
  const guint8 *p = (const guint8 *) s;

  if (p[0] < 0x80)
    {
      *cp = p[0];
      return 1;
    }
  if (p[0] < 0xe0)
    {
      *cp = (guint32) (p[0] & 0x1f) << 6 | (p[1] & 0x3f);
      return 2;
    }
  if (p[0] < 0xf0)
    {
      *cp = (guint32) (p[0] & 0x0f) << 12 | (guint32) (p[1] & 0x3f) << 6 | (p[2] & 0x3f);
      return 3;
    }
  *cp = (guint32) (p[0] & 0x07) << 18 | (guint32) (p[1] & 0x3f) << 12 | (guint32) (p[2] & 0x3f) << 6
        | (p[3] & 0x3f);
  return 4;
}

/* sem_utf8_length: bytes of the character that starts with this byte. */
static inline guint
sem_utf8_length (guint8 first)
{
  return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/* sem_utf8_put: writes cp to out (room for 4), returns the number of bytes. */
guint sem_utf8_put (guint32 cp, char *out);
/* sem_utf8_prev: start of the character before s + at (at > 0). */
gsize sem_utf8_prev (const char *s, gsize at);
/* sem_utf8_count: number of characters. */
gsize sem_utf8_count (const char *s, gsize length);

/* sem_utf8_validate: TRUE when text is UTF-8 (NUL is a character); else *bad is the first byte that is not. */
gboolean sem_utf8_validate (const char *text, gsize length, const char **bad);

/* Mappings: the result goes to out (room for SEM_UNI_MAX_EXPANSION), its length is returned. */
guint sem_uni_to_lower (guint32 cp, guint32 *out);
guint sem_uni_decompose (guint32 cp, gboolean compatibility, guint32 *out);
guint8 sem_uni_ccc_of (guint32 cp);
/* sem_uni_compose: the primary composite of a and b, or 0. */
guint32 sem_uni_compose (guint32 a, guint32 b);

G_END_DECLS
