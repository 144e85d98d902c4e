app_name = "organising"
urlpatterns: list = []
