"""Refusals of the domain that no view caught become a page that says what to do."""

from collections.abc import Callable

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render

from yibenzhang.kernel.errors import BookError
from yibenzhang.vouchers.services import VoucherStateError


class BookErrorMiddleware:
    """`BookError` → 400 with its message (409 when somebody was quicker); a row out of scope → 404."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponseBase | None:
        """Refuse NUL characters before any view: no database takes them, and nobody types them."""
        sent = (values for data in (request.GET, request.POST) for _, values in data.lists())
        if any("\x00" in value for values in sent for value in values):
            message = "内容里有看不见的控制字符，请清除后重新填写。"
            return render(request, "refused.html", {"message": message}, status=400)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Answer for what a view raised."""
        if isinstance(exception, ObjectDoesNotExist):
            raise Http404 from exception
        if isinstance(exception, BookError):
            status = 409 if isinstance(exception, VoucherStateError) else 400
            return render(request, "refused.html", {"message": exception.message}, status=status)
        return None
