"""What an upload must be."""

from django import forms

from yibenzhang.exchange.reading import LARGEST


class UploadForm(forms.Form):
    """Which kind of content, and the workbook."""

    kind = forms.ChoiceField(label="导入什么", widget=forms.RadioSelect)
    file = forms.FileField(
        label="文件",
        help_text="按模板填好的 .xlsx，最多 20 MB、2 万行。",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": "请选择要导入的 .xlsx 文件。", "empty": "文件是空的，请重新保存后再试。"},
    )

    def __init__(self, *args: object, kinds: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = kinds
        field.error_messages["required"] = "请选择导入什么。"

    def clean_file(self) -> object:
        """Refuse by size and name what is surely no workbook; the rest is judged when it is opened."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError("文件超过 20 MB，请分成几个文件。")
        if not file.name.lower().endswith(".xlsx"):
            raise forms.ValidationError("只收 .xlsx 文件，请另存为 .xlsx 再上传。")
        return file
