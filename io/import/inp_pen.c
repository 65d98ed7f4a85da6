#include "import/inp_pen.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { WIDTH = 12, ID_WIDTH = 16 };

void park_inp_pen_section(park_inp_pen *pen, const char *heading)
{
    if (pen->out->length > 0)
        park_text_char(pen->out, '\n');
    park_text_add(pen->out, heading);
    park_text_char(pen->out, '\n');
    pen->column = pen->behind = 0;
}

static void item(park_inp_pen *pen, const char *text, size_t length, size_t width)
{
    park_text_char(pen->out, ' ');
    for (; pen->behind > 0; pen->behind--)
        park_text_char(pen->out, ' ');
    park_text_append(pen->out, text, length);
    pen->behind = length < width ? width - length : 0;
    pen->column++;
}

void park_inp_pen_word(park_inp_pen *pen, const char *word)
{
    item(pen, word, strlen(word), WIDTH);
}

/* Would the reader cut it, or take it for something else? */
static bool needs_quotes(const char *id)
{
    return id[0] == '\0' || id[0] == '[' || id[0] == '"' || strpbrk(id, " \t\r") != NULL;
}

void park_inp_pen_id(park_inp_pen *pen, const char *id)
{
    if (!needs_quotes(id)) {
        item(pen, id, strlen(id), ID_WIDTH);
        return;
    }
    item(pen, "\"", 1, 0);
    park_text_add(pen->out, id);
    park_text_char(pen->out, '"');
}

void park_inp_pen_number(park_inp_pen *pen, double value)
{
    char text[40];
    int  length = snprintf(text, sizeof text, "%.12g", value == 0.0 || !isfinite(value) ? 0.0 : value);
    item(pen, text, (size_t)length, WIDTH);
}

void park_inp_pen_end(park_inp_pen *pen, const char *comment)
{
    if (comment != NULL) {
        park_text_add(pen->out, " ;");
        park_text_add(pen->out, comment);
    }
    park_text_char(pen->out, '\n');
    pen->column = pen->behind = 0;
}

void park_inp_pen_option(park_inp_pen *pen, const char *words, double value)
{
    item(pen, words, strlen(words), 20);
    park_inp_pen_number(pen, value);
    park_inp_pen_end(pen, NULL);
}

void park_inp_pen_span(park_inp_pen *pen, int64_t seconds)
{
    char text[64];
    int  length = snprintf(text, sizeof text, "%lld:%02lld:%02lld", (long long)(seconds / 3600),
                           (long long)(seconds / 60 % 60), (long long)(seconds % 60));
    item(pen, text, (size_t)length, WIDTH);
}

void park_inp_pen_time(park_inp_pen *pen, double seconds)
{
    int64_t whole = (int64_t)seconds;
    double  read  = (double)(whole / 3600) + (double)(whole / 60 % 60) / 60.0 + (double)(whole % 60) / 3600.0;
    bool    stands = floor(3600.0 * read) == (double)whole;
    if (stands)
        park_inp_pen_span(pen, whole);
    else
        park_inp_pen_number(pen, ((double)whole + 0.1) / 3600.0);
}

const char *park_inp_pen_node(const park_inp_pen *pen, int32_t node)
{
    return pen->net->node.names.text[node];
}

const char *park_inp_pen_link(const park_inp_pen *pen, int32_t link)
{
    return pen->net->link.names.text[link];
}

const char *park_inp_pen_pattern(const park_inp_pen *pen, int32_t pattern)
{
    return pattern >= 0 ? pen->net->pattern_names.text[pattern] : NULL;
}
