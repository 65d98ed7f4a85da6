#include "report/png.h"

#include <librsvg/rsvg.h>
#include <math.h>
#include <string.h>

enum { SIZE_MOST = 16000 };

typedef struct bytes {
    park_arena *arena;
    char       *data;
    size_t      length, capacity;
} bytes;

static cairo_status_t append(void *user, const unsigned char *data, unsigned int length)
{
    bytes *to = user;
    while (to->length + length > to->capacity) {
        size_t capacity = to->capacity * 2 + 65536;
        char  *more     = PARK_ARRAY(to->arena, capacity, char);
        if (more == NULL)
            return CAIRO_STATUS_NO_MEMORY;
        if (to->length > 0)
            memcpy(more, to->data, to->length);
        to->data     = more;
        to->capacity = capacity;
    }
    memcpy(to->data + to->length, data, length);
    to->length += length;
    return CAIRO_STATUS_SUCCESS;
}

static park_status draw(RsvgHandle *drawing, double scale, bytes *out, park_png *png, park_error *err)
{
    double width, height;
    if (!rsvg_handle_get_intrinsic_size_in_pixels(drawing, &width, &height))
        return PARK_FAIL(err, PARK_E_INPUT, "a drawing without a size");
    png->width  = (int)ceil(width * scale);
    png->height = (int)ceil(height * scale);
    if (!(width > 0.0 && height > 0.0) || png->width > SIZE_MOST || png->height > SIZE_MOST)
        return PARK_FAIL(err, PARK_E_RANGE, "a drawing of %g x %g px; at most %d", width * scale,
                         height * scale, (int)SIZE_MOST);
    cairo_surface_t *paper = cairo_image_surface_create(CAIRO_FORMAT_RGB24, png->width, png->height);
    cairo_t         *pen   = cairo_create(paper);
    RsvgRectangle    all   = {.x = 0, .y = 0, .width = png->width, .height = png->height};
    cairo_set_source_rgb(pen, 1, 1, 1);
    cairo_paint(pen);
    gboolean       drawn  = rsvg_handle_render_document(drawing, pen, &all, NULL);
    cairo_status_t status = cairo_surface_write_to_png_stream(paper, append, out);
    cairo_destroy(pen);
    cairo_surface_destroy(paper);
    if (!drawn)
        return PARK_FAIL(err, PARK_E_INPUT, "a drawing that cannot be drawn");
    if (status != CAIRO_STATUS_SUCCESS)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for a drawing of %d x %d px", png->width,
                         png->height);
    return PARK_OK;
}

park_status park_png_draw(const char *svg, double scale, park_arena *arena, park_png *png, park_error *err)
{
    bytes       out     = {.arena = arena};
    RsvgHandle *drawing = rsvg_handle_new_from_data((const guint8 *)svg, strlen(svg), NULL);
    if (drawing == NULL)
        return PARK_FAIL(err, PARK_E_INPUT, "a drawing that is no SVG");
    park_status status = draw(drawing, scale, &out, png, err);
    g_object_unref(drawing);
    png->bytes  = out.data;
    png->length = out.length;
    return status;
}
